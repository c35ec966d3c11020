// Builds the pages into dist/, and says what they weigh. Each page's script becomes one classic script, and its wasm
// module another, for a page that is opened from the disk may load neither modules nor files.
import { build, transformSync } from 'esbuild';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const lessons = join(here, 'lessons');
const dist = join(here, '../dist');
const modules = join(here, '../build/wasm');
const PAGE_BUDGET = 70 * 1024; // everything that a page loads, compressed
const WASM_BUDGET = 20 * 1024;

const script = /<script\b[^>]*\bsrc="([^"]+)"[^>]*>/g;
const lateScript = /\bdata-script="([^"]+)"/g;
const stylesheet = /<link\b[^>]*\brel="stylesheet"[^>]*\bhref="([^"]+)"[^>]*>/g;
const built = (source) => `assets/${basename(source)}`;

// What was measured of the ways of waiting, for a page that is read without scripts.
const measured = await readFile(join(here, '../core/live/measured.tsv'), 'utf8');
const machine = measured.slice(2, measured.indexOf('\n'));

/** Heads and rows of a table: a wake-up of each way of waiting, in microseconds. @param {string[]} counts */
function measuredTable(counts) {
  const us = (call, count) => new RegExp(`^${call}\t${count}\t(\\d+)`, 'm').exec(measured)?.[1] / 1000;
  const cell = (value) => (value > 0 ? Number(value.toPrecision(2)).toLocaleString('en') : 'refused');
  const row = (call) =>
    `<tr><th scope="row">${call}</th>${counts.map((count) => `<td>${cell(us(call, count))}</td>`).join('')}</tr>`;
  const heads = counts.map((count) => `<th scope="col">${Number(count).toLocaleString('en')} sockets</th>`);
  return `<thead><tr><th scope="col">Call</th>${heads.join('')}</tr></thead>
    <tbody>${['select', 'poll', 'epoll', 'io_uring'].map(row).join('')}</tbody>`;
}

/** A page with the parts that it shares with others put in, and its links to itself marked. */
const assemble = (name) =>
  readFileSync(join(lessons, name), 'utf8')
    .replace(/<!-- include (\S+) -->/g, (_, part) => readFileSync(join(lessons, part), 'utf8').trim())
    .replace('<!-- machine -->', machine)
    .replace(/<!-- measured: (.+) -->/, (_, counts) => measuredTable(counts.split(' ')))
    .replaceAll(`href="${name}"`, '$& aria-current="page"');

const named = (html, ...patterns) =>
  patterns.flatMap((pattern) => [...html.matchAll(pattern)].map((match) => match[1]));

const pages = [];
for (const name of (await readdir(lessons)).filter((name) => name.endsWith('.html'))) {
  const html = assemble(name);
  pages.push({
    name,
    html: html
      .replace(script, (_, source) => `<script defer src="${built(source)}">`)
      .replace(stylesheet, (_, source) => `<link rel="stylesheet" href="${built(source)}">`)
      .replace(lateScript, (_, source) => `data-script="${built(source)}"`),
    sources: named(html, script, stylesheet),
    late: [...new Set(named(html, lateScript))],
  });
}

/** Indentation is for the eye; `<pre>` keeps its own. */
const unindent = (html) => html.replace(/(<pre\b[\s\S]*?<\/pre>)|\n\s+/g, (_, pre) => pre ?? '\n');

/** An element's sheet becomes a stylesheet that all its like share, constructed once. */
const sheets = {
  name: 'sheets',
  setup(builder) {
    builder.onLoad({ filter: /\/elements\/.*\.css$/ }, async ({ path }) => {
      const { code } = transformSync(await readFile(path, 'utf8'), { loader: 'css', minify: true });
      return {
        contents: `import { unsafeCSS } from 'lit'; export default unsafeCSS(${JSON.stringify(code.trim())});`,
        loader: 'js',
        resolveDir: dirname(path),
      };
    });
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

/** In a script a module is base64, which compresses badly; so it is compressed before. See core/in-page.js. */
const packed = async (path) => gzipSync(await readFile(path), { level: 9 }).toString('base64');
const unpacked = (text) => `export default Uint8Array.from(atob(${text}), (character) => character.charCodeAt(0));`;

const packedWasm = {
  name: 'packed-wasm',
  setup(builder) {
    builder.onResolve({ filter: /^\w+\.wasm$/ }, ({ path }) => ({ path: join(modules, path) }));
    builder.onLoad({ filter: /\.wasm$/ }, async ({ path }) => ({ contents: unpacked(`'${await packed(path)}'`) }));
  },
};

/**
 * A page's own modules stand in scripts of their own before its script: that compresses better than letters of both
 * kinds in one file.
 *
 * @param {Set<string>} beside the names of these modules are added to it
 */
const wasmBeside = (beside) => ({
  name: 'wasm-beside',
  setup(builder) {
    builder.onLoad({ filter: /\.wasm$/ }, async ({ path }) => {
      const name = basename(path);
      beside.add(name);
      await mkdir(join(dist, 'assets'), { recursive: true });
      await writeFile(join(dist, 'assets', `${name}.js`), `globalThis['${name}']='${await packed(path)}'`);
      return { contents: unpacked(`globalThis['${name}']`) };
    });
  },
});

/** In a page's own script: puts the shared modules where its later scripts find them. @param {Set<string>} shared */
const handOver = (shared) => ({
  name: 'hand-over',
  setup(builder) {
    builder.onResolve({ filter: /^shared-modules$/ }, ({ path }) => ({ path, namespace: 'hand-over' }));
    builder.onLoad({ filter: /./, namespace: 'hand-over' }, () => ({
      contents: [
        ...[...shared].map((name, i) => `import * as shared${i} from '${name}';`),
        `globalThis.doorbellShared = { ${[...shared].map((name, i) => `'${name}': shared${i}`)} };`,
      ].join('\n'),
      resolveDir: here,
    }));
  },
});

/**
 * In a later script: takes from there what the page's own script has anyway, so that nothing is loaded twice. What it
 * took is added to `shared`.
 *
 * @param {string[]} own the files of the page's own script @param {Set<string>} shared
 */
const takeOver = (own, shared) => ({
  name: 'take-over',
  setup(builder) {
    builder.onResolve({ filter: /./ }, ({ path, resolveDir, kind }) => {
      if (kind === 'entry-point') return undefined;
      const file = path.startsWith('.') ? resolve(resolveDir, path) : undefined;
      const has = file ? own.includes(file) : own.some((name) => name.includes(`/${path}`));
      if (!has) return undefined;
      const name = file ? `./${relative(here, file)}` : path;
      shared.add(name);
      return { path: name, namespace: 'take-over' };
    });
    builder.onLoad({ filter: /./, namespace: 'take-over' }, ({ path }) => ({
      contents: `const shared = globalThis.doorbellShared['${path}']; module.exports = shared.default ?? shared;`,
    }));
  },
});

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

const bundle = (sources, plugins, options = {}) =>
  build({
    ...classic,
    entryPoints: sources.map((source) => resolve(lessons, source)),
    entryNames: '[name]',
    outdir: join(dist, 'assets'),
    plugins: [...plugins, packedWasm, sheets, unindentTemplates, workerAsText],
    ...options,
  });

/** A page's own script is built twice: first to learn what is in it, for the later scripts to take from. */
async function buildPage(page) {
  const { name, html, sources, late } = page;
  const shared = /** @type {Set<string>} */ (new Set());
  const beside = /** @type {Set<string>} */ (new Set());
  const own = [handOver(shared), wasmBeside(beside)];
  if (late.length) {
    const { metafile } = await bundle(sources, own, { metafile: true, write: false });
    const files = Object.keys(metafile.inputs).map((file) => resolve(file));
    await bundle(late, [takeOver(files, shared)]);
  }
  await bundle(sources, own);
  const scripts = [...beside].map((module) => `assets/${module}.js`);
  const tags = scripts.map((script) => `<script defer src="${script}"></script>`).join('');
  await writeFile(join(dist, name), unindent(html.replace('<script defer', `${tags}$&`)));
  page.files = [name, ...sources.map(built), ...scripts];
}

await rm(dist, { recursive: true, force: true });
for (const page of pages) await buildPage(page);

const weight = async (...files) => {
  const contents = await Promise.all(files.map((file) => readFile(file)));
  return contents.reduce((sum, bytes) => sum + gzipSync(bytes, { level: 9 }).length, 0);
};
const weighed = await Promise.all(
  pages.map(async ({ name, files }) => ({
    what: name,
    bytes: await weight(...files.map((file) => join(dist, file))),
    budget: PAGE_BUDGET,
  })),
);
for (const name of (await readdir(modules)).filter((name) => name.endsWith('.wasm'))) {
  weighed.push({ what: name, bytes: await weight(join(modules, name)), budget: WASM_BUDGET });
}

const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`.padStart(8);
for (const { what, bytes, budget } of weighed) {
  const verdict = bytes > budget ? '  over budget' : '';
  console.log(`${what.padEnd(30)} ${kb(bytes)} compressed, of ${kb(budget)}${verdict}`);
  if (verdict) process.exitCode = 1;
}
for (const source of pages.flatMap((page) => page.late)) {
  console.log(
    `${basename(source).padEnd(30)} ${kb(await weight(join(dist, built(source))))} compressed, when it is reached`,
  );
}
