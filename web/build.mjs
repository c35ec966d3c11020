// Builds the pages into dist/, and says what they weigh. A page has a script of its own, small, and parts that come
// when the reader does (elements/page/when-reached.js). Each is a classic script, and so is each wasm module, for a
// page that is opened from the disk may load neither modules nor files.
import { build, transformSync } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const lessons = join(here, 'lessons');
const dist = join(here, '../dist');
const modules = join(here, '../build/wasm');

const KB = 1024; // all of them compressed
const READ_BUDGET = 30 * KB; // what a page loads at once
const STEPPED_BUDGET = 70 * KB; // and with its demo
const PART_BUDGET = 16 * KB;
const WASM_BUDGET = 20 * KB;

/** As web servers do. Node's own zlib is made for speed, and leaves 1% more. @param {Uint8Array} bytes @returns {Buffer} */
const gzip = (bytes) => execFileSync('gzip', ['-9n'], { input: bytes, maxBuffer: 2 ** 24 });

const script = /<script\b[^>]*\bsrc="([^"]+)"[^>]*>/g;
const stylesheet = /<link\b[^>]*\brel="stylesheet"[^>]*\bhref="([^"]+)"[^>]*>/g;
const laterScripts = /\bdata-scripts="([^"]+)"/g;
const demoScripts = /\bid="demo"[^>]*\bdata-scripts="([^"]+)"/g;
const built = (source) => `assets/${basename(source)}`;

// What was measured of the ways of waiting, for a page that is read without scripts.
const measured = await readFile(join(here, '../core/live/measured.tsv'), 'utf8');
const machine = measured.slice(2, measured.indexOf('\n'));

/** Heads and rows of a table: a wait of each way that sleeps and is woken, in microseconds. @param {string[]} counts */
function measuredTable(counts) {
  const us = (call, count) => new RegExp(`^${call}_asleep\t${count}\t(\\d+)`, 'm').exec(measured)?.[1] / 1000;
  const cell = (value) => (value > 0 ? Number(value.toPrecision(2)).toLocaleString('en') : 'does not fit');
  const row = (call) =>
    `<tr><th scope="row">${call}</th>${counts.map((count) => `<td>${cell(us(call, count))}</td>`).join('')}</tr>`;
  const heads = counts.map((count) => `<th scope="col">${Number(count).toLocaleString('en')} sockets</th>`);
  return `<thead><tr><th scope="col">Call</th>${heads.join('')}</tr></thead>
    <tbody>${['select', 'poll', 'epoll', 'io_uring'].map(row).join('')}</tbody>`;
}

/** The shapes of a figure, without the frame that makes a file of it. @param {string} path */
const shapesOf = (path) =>
  readFileSync(path, 'utf8')
    .replace(/<\/?svg\b[^>]*>/g, '')
    .trim();

/** A page with the parts that it shares with others put in, and its links to itself marked. */
const assemble = (name) =>
  readFileSync(join(lessons, name), 'utf8')
    .replace(/<!-- include (\S+) -->/g, (_, part) => readFileSync(join(lessons, part), 'utf8').trim())
    .replace(/<!-- figure (\S+) -->/g, (_, name) => shapesOf(join(here, `figures/${name}.svg`)))
    .replace('<!-- machine -->', machine)
    .replace(/<!-- measured: (.+) -->/, (_, counts) => measuredTable(counts.split(' ')))
    .replaceAll(`href="${name}"`, '$& aria-current="page"');

const named = (html, pattern) => [...html.matchAll(pattern)].map((match) => match[1]);

/**
 * A script: a page's own, or one that comes later and takes what the scripts before it have. While it is built it
 * learns which files are in it, which wasm modules (`late` come when they are asked for), and what later ones take from
 * it.
 *
 * @typedef {{ source: string, before: Part[] } & Record<'files' | 'modules' | 'late' | 'shared', Set<string>>} Part
 */

/** @type {Map<string, Part>} */
const parts = new Map();

/** @param {string} source @param {Part[]} before @returns {Part} */
const newPart = (source, before) => ({
  source,
  before,
  files: new Set(),
  modules: new Set(),
  late: new Set(),
  shared: new Set(),
});

/** @param {string} source @param {Part[]} [before] @returns {Part} */
function partOf(source, before = []) {
  const known = parts.get(source);
  if (!known) {
    parts.set(source, newPart(source, before));
    return partOf(source, before);
  }
  const listed = (list) => list.map((part) => part.source).join(' ');
  if (listed(known.before) === listed(before)) return known;
  throw new Error(`${source} comes after ${listed(before)}, and elsewhere after ${listed(known.before)}`);
}

/** The parts of `data-scripts`, in the order in which they are loaded. @param {string} list @param {Part} own */
const partsIn = (list, own) =>
  list
    .split(' ')
    .reduce((before, source) => [...before, partOf(source, before)], [own])
    .slice(1);

const pages = (await readdir(lessons))
  .filter((name) => name.endsWith('.html'))
  .map((name) => {
    const html = assemble(name);
    const own = partOf(named(html, script)[0]);
    for (const list of named(html, laterScripts)) partsIn(list, own);
    return { name, html, own, demo: named(html, demoScripts).flatMap((list) => partsIn(list, own)) };
  });

/** Indentation is for the eye; `<pre>` keeps its own. */
const unindent = (html) => html.replace(/(<pre\b[\s\S]*?<\/pre>)|\n\s+/g, (_, pre) => pre ?? '\n');

/** An element's sheet becomes a stylesheet that all its like share, constructed once. */
const sheets = {
  name: 'sheets',
  setup(builder) {
    builder.onLoad({ filter: /\/(elements|figures)\/.*\.css$/ }, async ({ path }) => {
      const { code } = transformSync(await readFile(path, 'utf8'), { loader: 'css', minify: true });
      return {
        contents: `import { unsafeCSS } from 'lit'; export default unsafeCSS(${JSON.stringify(code.trim())});`,
        loader: 'js',
        resolveDir: dirname(path),
      };
    });
  },
};

/** A figure becomes a template, for the pictures of elements. */
const figures = {
  name: 'figures',
  setup(builder) {
    builder.onLoad({ filter: /\/figures\/.*\.svg$/ }, ({ path }) => ({
      contents: `import { svg } from 'lit'; export default svg\`${shapesOf(path).replace(/\n\s+/g, '')}\`;`,
      loader: 'js',
      resolveDir: dirname(path),
    }));
  },
};

/** The bundler leaves templates as they are, and they are much of what the elements are. */
const unindentTemplates = {
  name: 'unindent-templates',
  setup(builder) {
    builder.onLoad({ filter: /\/elements\/.*\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(/\n\s+/g, '\n'),
    }));
  },
};

/**
 * A wasm module stands in a script of its own, which is loaded before the one that uses it: that compresses better than
 * letters of both kinds in one file. It is base64, which compresses badly; so it is compressed before. See
 * core/in-page.js.
 *
 * @param {Part} part
 */
const wasmBeside = (part) => ({
  name: 'wasm-beside',
  setup(builder) {
    builder.onResolve({ filter: /^\w+\.wasm$/ }, ({ path }) => ({ path: join(modules, path) }));
    builder.onLoad({ filter: /\.wasm$/, namespace: 'file' }, async ({ path }) => {
      part.modules.add(basename(path));
      return { contents: `export default ${bytesOf(basename(path))};` };
    });
    builder.onResolve({ filter: /^later:\w+\.wasm$/ }, ({ path }) => ({ path: path.slice(6), namespace: 'later' }));
    builder.onLoad({ filter: /./, namespace: 'later' }, ({ path }) => {
      part.late.add(path);
      return {
        contents: `const src = new URL('${path}.js', document.currentScript.src).href;
          export default () => new Promise((resolve, onerror) => {
            const onload = () => resolve(${bytesOf(path)});
            document.head.append(Object.assign(document.createElement('script'), { src, onload, onerror }));
          });`,
      };
    });
  },
});

/** What a script calls the bytes that another one brought. @param {string} module */
const bytesOf = (module) => `Uint8Array.from(atob(globalThis['${module}']), (character) => character.charCodeAt(0))`;

/** @param {string} module @returns {Promise<string>} */
async function wasmScript(module) {
  const packed = gzip(await readFile(join(modules, module))).toString('base64');
  return `globalThis['${module}']='${packed}'`;
}

/** Takes what the scripts before have anyway, so that nothing is loaded twice. @param {Part} part */
const takeOver = ({ before }) => ({
  name: 'take-over',
  setup(builder) {
    builder.onResolve({ filter: /./ }, ({ path, resolveDir, kind }) => {
      if (kind === 'entry-point') return undefined;
      const file = path.startsWith('.') ? resolve(resolveDir, path) : undefined;
      const has = ({ files }) => (file ? files.has(file) : [...files].some((name) => name.includes(`/${path}`)));
      const owner = before.find(has);
      if (!owner) return undefined;
      const name = file ? `./${relative(here, file)}` : path;
      owner.shared.add(name);
      return { path: name, namespace: 'take-over' };
    });
    builder.onLoad({ filter: /./, namespace: 'take-over' }, ({ path }) => ({
      contents: `const shared = globalThis.doorbellShared['${path}']; module.exports = shared.default ?? shared;`,
    }));
  },
});

/** What a part begins with: its source; and it puts what later ones take from it where they find it. @param {Part} part */
function entryOf({ source, shared }) {
  const names = [...shared];
  const entries = names.map((name, i) => `'${name}': shared${i}`);
  return [
    `import './${relative(here, resolve(lessons, source))}';`,
    ...names.map((name, i) => `import * as shared${i} from '${name}';`),
    ...(names.length ? [`Object.assign((globalThis.doorbellShared ??= {}), { ${entries} });`] : []),
  ].join('\n');
}

/** A page from the disk may not load a worker's program either: it stands in the script as text. */
const workerAsText = {
  name: 'worker-as-text',
  setup(builder) {
    builder.onResolve({ filter: /^worker:/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path.slice('worker:'.length)),
      namespace: 'worker',
    }));
    builder.onLoad({ filter: /./, namespace: 'worker' }, async ({ path }) => {
      const { outputFiles } = await build({ ...classic, entryPoints: [path], write: false });
      return { contents: outputFiles[0].text, loader: 'text' };
    });
  },
};

/** @type {import('esbuild').BuildOptions} */
const classic = {
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['es2022'],
  legalComments: 'none',
  logLevel: 'warning',
  loader: { '.tsv': 'text' },
};

/** @param {Part} part @param {import('esbuild').BuildOptions} options */
const bundle = (part, options) =>
  build({
    ...classic,
    stdin: { contents: entryOf(part), resolveDir: here },
    plugins: [takeOver(part), wasmBeside(part), sheets, figures, unindentTemplates, workerAsText],
    ...options,
  });

/** The scripts of a part, as a page names them. @param {Part} part */
const scriptsOf = ({ source, modules }) => [...[...modules].map((module) => `assets/${module}.js`), built(source)];

/** Parts are built twice: first to learn what is in each, for later ones to take from. */
async function buildParts() {
  for (const part of parts.values()) {
    const { metafile } = await bundle(part, { metafile: true, write: false, outfile: 'unused.js' });
    for (const file of Object.keys(metafile.inputs)) part.files.add(resolve(file));
  }
  for (const part of parts.values()) {
    await bundle(part, { outfile: join(dist, built(part.source)) });
    for (const module of [...part.modules, ...part.late])
      await writeFile(join(dist, `assets/${module}.js`), await wasmScript(module));
  }
}

async function buildPage(page) {
  const { name, html, own } = page;
  const sheets = named(html, stylesheet);
  const entryPoints = sheets.map((sheet) => resolve(lessons, sheet));
  await build({ ...classic, entryPoints, outdir: join(dist, 'assets'), entryNames: '[name]' });
  const written = html
    .replace(script, (_, source) => `<script defer src="${built(source)}">`)
    .replace(stylesheet, (_, sheet) => `<link rel="stylesheet" href="${built(sheet)}">`)
    .replace(laterScripts, (_, list) => `data-scripts="${partsIn(list, own).flatMap(scriptsOf).join(' ')}"`);
  await writeFile(join(dist, name), unindent(written));
  page.files = [name, ...sheets.map(built), ...scriptsOf(own)];
}

/** A demo for other people's pages: all of it in one script, beside the colors. @param {Part} part */
async function buildEmbed({ source }) {
  const alone = newPart(source, []);
  const { outputFiles } = await bundle(alone, { write: false, outfile: 'unused.js' });
  const modules = await Promise.all([...alone.modules].map(wasmScript));
  await writeFile(join(dist, 'embed', basename(source)), [...modules, outputFiles[0].text].join(';\n'));
  for (const module of alone.late) await writeFile(join(dist, 'embed', `${module}.js`), await wasmScript(module));
}

await rm(dist, { recursive: true, force: true });
await mkdir(join(dist, 'embed'), { recursive: true });
await buildParts();
for (const page of pages) await buildPage(page);
for (const { demo } of pages) if (demo.length) await buildEmbed(demo[demo.length - 1]);
await copyFile(join(dist, 'assets/tokens.css'), join(dist, 'embed/tokens.css'));

// ---- What it all weighs ---------------------------------------------------------------------------------------------

const weight = async (...files) => {
  const contents = await Promise.all(files.map((file) => readFile(file)));
  return contents.reduce((sum, bytes) => sum + gzip(bytes).length, 0);
};
const weightInDist = (files) => weight(...files.map((file) => join(dist, file)));

const kb = (bytes) => `${(bytes / KB).toFixed(1)} KB`.padStart(8);

function tell(what, bytes, budget) {
  const verdict = bytes > budget ? '  over budget' : '';
  console.log(`${what.padEnd(44)} ${kb(bytes)} compressed, of ${kb(budget)}${verdict}`);
  if (verdict) process.exitCode = 1;
}

for (const { name, files, demo } of pages) {
  tell(`${name}, to be read`, await weightInDist(files), READ_BUDGET);
  if (!demo.length) continue;
  tell(`${name}, with its demo`, await weightInDist([...files, ...demo.flatMap(scriptsOf)]), STEPPED_BUDGET);
}
for (const part of parts.values()) {
  if (part.before.length)
    tell(`${basename(part.source)}, when it is reached`, await weightInDist([built(part.source)]), PART_BUDGET);
}
for (const name of (await readdir(modules)).filter((name) => name.endsWith('.wasm'))) {
  tell(name, await weight(join(modules, name)), WASM_BUDGET);
}
