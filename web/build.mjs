// Builds the pages into dist/, and says what they weigh. A page has a script of its own, small, and parts that come
// when the reader does (elements/page/when-reached.js), or when they are first used: of each `import()` in the source
// the build makes such a part. Each is a classic script, and so is each wasm module, for a page that is opened from the
// disk may load neither modules nor files.
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { Scale } from './core/scale.js';
import { count } from './elements/scale-lab/amounts.js';
import { COLUMNS, crewOf, loadOf, START } from './elements/scale-lab/serving-start.js';
import { fromUs, lackInWords, serverInWords } from './elements/scale-lab/serving-words.js';
import { buildFile } from './offline/files.mjs';
import { makeInstallable } from './offline/site.mjs';
import { buildScripts } from './package/script.mjs';
import {
  ENGINE,
  classic,
  figures,
  gzip,
  modules,
  packed,
  pathOf,
  shapesOf,
  sheets,
  unindentTemplates,
  unusedTrees,
  web,
  workerAsText,
} from './plugins.mjs';

const lessons = join(web, 'lessons');
const dist = join(web, '../dist');

const KB = 1024; // all of them compressed
const READ_BUDGET = 30 * KB; // what a page loads at once
const STEPPED_BUDGET = 70 * KB; // and with its demo
const PART_BUDGET = 16 * KB;
const WASM_BUDGET = 20 * KB;
const WHOLE_BUDGET = 30 * KB; // of the module that comes when a scenario needs all that the command runs
const PLAYGROUND = 'playground.html';
const PLAYGROUND_BUDGET = 420 * KB; // with its engine and its editor

const script = /<script\b[^>]*\bsrc="([^"]+)"[^>]*>/g;
const stylesheet = /<link\b[^>]*\brel="stylesheet"[^>]*\bhref="([^"]+)"[^>]*>/g;
const laterScripts = /\bdata-scripts="([^"]+)"/g;
const demoScripts = /\bid="demo"[^>]*\bdata-scripts="([^"]+)"/g;
const built = (source) => `assets/${basename(source)}`;

// What was measured of the ways of waiting, for a page that is read without scripts.
const measured = await readFile(join(web, '../core/live/measured.tsv'), 'utf8');
const machine = measured.slice(2, measured.indexOf('\n'));

/**
 * Heads and rows of a table: a wait of each way that sleeps and is woken, in microseconds, by the number of sockets.
 *
 * @param {string[]} counts
 */
function measuredTable(counts) {
  const us = (call, count) => new RegExp(`^${call}_asleep\t${count}\t(\\d+)`, 'm').exec(measured)?.[1] / 1000;
  const cell = (value) => (value > 0 ? Number(value.toPrecision(2)).toLocaleString('en') : 'does not fit');
  const row = (call) =>
    `<tr><th scope="row">${call}</th>${counts.map((count) => `<td>${cell(us(call, count))}</td>`).join('')}</tr>`;
  const heads = counts.map((count) => `<th scope="col">${Number(count).toLocaleString('en')}</th>`);
  return `<thead><tr><th scope="col">Call</th>${heads.join('')}</tr></thead>
    <tbody>${['select', 'poll', 'epoll', 'io_uring'].map(row).join('')}</tbody>`;
}

/** What the lab's second bench begins with, of each server: a table, and in words who waits. */
function servedTable() {
  const scale = new Scale(new WebAssembly.Module(readFileSync(pathOf('scale.wasm'))), measured);
  const [load, crew] = [loadOf(START), crewOf(START)];
  const served = [...scale.serve(load, crew)];
  const heads = served.map(([name]) => `<th scope="col">${name}</th>`).join('');
  const cell = (text) => text.replace('\u00a0', ' '); // on a telephone there is no room for both in a line
  const row = ({ title, of }) =>
    `<tr><th scope="row">${title}</th>${served.map(([, result]) => `<td>${cell(of(result))}</td>`).join('')}</tr>`;
  const words = ([name, result]) =>
    `<li><strong>${name}</strong>: ${serverInWords(name, crew)} ${lackInWords(name, result, load, crew)}</li>`;
  return `<table>
    <caption>
      When handling takes time: ${count(load.rate, 'message')} a second, ${load.atOnce} at once; one of
      ${load.slowOneOf} is slow, and takes ${fromUs(load.slow)}, the others ${fromUs(load.quick)}; and
      ${count(crew.cores, 'core')}
    </caption>
    <thead><tr><th scope="col">Server</th>${heads}</tr></thead>
    <tbody>${COLUMNS.map(row).join('')}</tbody></table>
    <ul>${served.map(words).join('')}</ul>`;
}

/** What the shelf of traps has: of each its id, how it looks, and in a few words why, and what is against it. */
function trapsOf(html) {
  const sections = html.matchAll(/<section id="([\w-]+)" class="trap">([^]*?)<\/section>/g);
  const part = (text, pattern) => pattern.exec(text)[1].trim();
  return [...sections].map(([, id, text]) => ({
    id,
    symptom: part(text, /<h3>([^]*?)<\/h3>/),
    cause: part(text, /<p class="cause">[^]*?<span>([^]*?)<\/span>/),
    cure: part(text, /<p class="cure">[^]*?<span>([^]*?)<\/span>/),
  }));
}

/** @param {string} html the shelf's page */
const trapTable = (html) => `<table class="symptoms">
  <thead><tr><th scope="col">Symptom</th><th scope="col">Cause</th><th scope="col">Cure</th></tr></thead>
  <tbody>${trapsOf(html)
    .map(
      ({ id, symptom, cause, cure }) =>
        `<tr><th scope="row"><a href="#${id}">${symptom}</a></th><td>${cause}</td><td>${cure}</td></tr>`,
    )
    .join('')}</tbody></table>`;

/** The same, for another page, which has no bytes to spare. @param {string} name the shelf's page */
const trapLinks = (name) =>
  trapsOf(readFileSync(join(lessons, name), 'utf8'))
    .map(({ id, symptom }) => `<li><a href="${name}#${id}">${symptom.replace(/<[^>]+>/g, '')}</a></li>`)
    .join('');

/** A page with the parts that it shares with others put in, and its links to itself marked. */
const assemble = (name) =>
  readFileSync(join(lessons, name), 'utf8')
    .replace(/<!-- include (\S+) -->/g, (_, part) => readFileSync(join(lessons, part), 'utf8').trim())
    .replace(/<!-- figure (\S+) -->/g, (_, name) => shapesOf(join(web, `figures/${name}.svg`)))
    .replace('<!-- traps -->', (_, at, html) => trapTable(html))
    .replace(/<!-- traps of (\S+) -->/, (_, name) => trapLinks(name))
    .replace('<!-- machine -->', machine)
    .replace('<!-- served -->', servedTable)
    .replace(/<!-- measured: (.+) -->/, (_, counts) => measuredTable(counts.split(' ')))
    .replaceAll(`href="${name}"`, '$& aria-current="page"');

const named = (html, pattern) => [...html.matchAll(pattern)].map((match) => match[1]);

/**
 * A script: a page's own, or one that comes later and takes what the scripts before it have. One that several scripts
 * import may come `after` several: each is a list of what is there then, and what it takes must be in all of them.
 * While a part is built it learns which files are in it, which wasm modules (`late` come when they are asked for), and
 * what later ones take from it.
 *
 * @typedef {{ source: string, after: Part[][], isUsed: boolean }
 *   & Record<'files' | 'modules' | 'late' | 'shared', Set<string>>} Part  isUsed: it comes by an `import()`
 */

/** @type {Map<string, Part>} */
const parts = new Map();

/** @param {string} source @param {Part[][]} after @returns {Part} */
const newPart = (source, after, isUsed = false) => ({
  source,
  after,
  isUsed,
  files: new Set(),
  modules: new Set(),
  late: new Set(),
  shared: new Set(),
});

const listed = (list) => list.map((part) => part.source).join(' ');

/** It comes after these, too. @param {Part} part @param {Part[]} before */
function comesAfter(part, before) {
  if (part.after.some((list) => listed(list) === listed(before))) return;
  part.after.push(before);
  part.files.clear(); // to be learnt again
}

/** A part that a page names. @param {string} source @param {Part[]} [before] @returns {Part} */
function partOf(source, before = []) {
  const part = parts.get(source) ?? newPart(source, []);
  parts.set(source, part);
  comesAfter(part, before);
  return part;
}

/** A part that another one imports when it is used. @param {string} file @param {Part} importer @returns {Part} */
function usedPart(file, importer) {
  const source = relative(lessons, file);
  const part = parts.get(source) ?? newPart(source, [], true);
  parts.set(source, part);
  for (const before of importer.after) comesAfter(part, [...before, importer]);
  return part;
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
    const later = named(html, laterScripts).flatMap((list) => partsIn(list, own));
    return { name, html, own, later, demo: named(html, demoScripts).flatMap((list) => partsIn(list, own)) };
  });

/**
 * Indentation is for the eye, as are the remarks of a script; `<pre>` keeps its own. The ends of items and cells go
 * without saying (HTML 13.1.2.4 "Optional tags").
 */
const unindent = (html) =>
  html
    .replace(/(<pre\b[\s\S]*?<\/pre>)|(?:\n *\/\/ .*)?\n\s+/g, (_, pre) => pre ?? '\n')
    .replace(/<\/(?:li|dd|dt|td|th|tr|thead|tbody)>\n*/g, '\n');

/**
 * A wasm module stands in a script of its own, which is loaded before the one that uses it: that compresses better than
 * letters of both kinds in one file. It is base64, which compresses badly; so it is compressed before: see `packed`.
 *
 * @param {Part} part
 */
const wasmBeside = (part) => ({
  name: 'wasm-beside',
  setup(builder) {
    builder.onResolve({ filter: /^\w+\.wasm$/ }, ({ path }) => ({ path, namespace: 'beside' }));
    builder.onLoad({ filter: /./, namespace: 'beside' }, ({ path }) => {
      part.modules.add(path);
      return { contents: path === ENGINE ? bytesOfMany(path) : `export default ${bytesOf(path)};` };
    });
    builder.onResolve({ filter: /^later:\w+\.wasm$/ }, ({ path }) => ({ path: path.slice(6), namespace: 'later' }));
    builder.onLoad({ filter: /./, namespace: 'later' }, ({ path }) => {
      part.late.add(path);
      return {
        contents: `import { loadScript } from './core/load-script.js';
          export default () => loadScript('${path}.js').then(() => ${bytesOf(path)});`,
        resolveDir: web,
      };
    });
  },
});

/** What a script calls the bytes that another one brought. @param {string} module */
const bytesOf = (module) => `Uint8Array.from(atob(globalThis['${module}']), (character) => character.charCodeAt(0))`;

/** The same, of which there are many: as a module, which takes a tenth of the time. @param {string} module */
const bytesOfMany = (module) => `const text = atob(globalThis['${module}']);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  export default bytes;`;

/** @param {string} module @returns {Promise<string>} */
const wasmScript = async (module) => `globalThis['${module}']='${(await packed(module)).toString('base64')}'`;

/** Takes what the scripts before have anyway, so that nothing is loaded twice. @param {Part} part */
const takeOver = ({ after }) => ({
  name: 'take-over',
  setup(builder) {
    builder.onResolve({ filter: /./ }, ({ path, resolveDir, kind }) => {
      if (kind === 'entry-point') return undefined;
      const file = path.startsWith('.') ? resolve(resolveDir, path) : undefined;
      const has = ({ files }) => (file ? files.has(file) : [...files].some((name) => name.includes(`/${path}`)));
      const owners = after.map((before) => before.find(has));
      if (!owners.length || owners.includes(undefined)) return undefined;
      const name = file ? `./${relative(web, file)}` : path;
      for (const owner of owners) owner.shared.add(name);
      return { path: name, namespace: 'take-over' };
    });
    builder.onLoad({ filter: /./, namespace: 'take-over' }, ({ path }) => ({
      contents: `const shared = globalThis.doorbellShared['${path}']; module.exports = shared.default ?? shared;`,
    }));
  },
});

/**
 * What a script imports when it is used becomes a part of its own. The module that stands in its place is a thenable,
 * so that `import()` gives what the part has when the part has come.
 *
 * @param {Part} importer
 */
const comesWhenUsed = (importer) => ({
  name: 'comes-when-used',
  setup(builder) {
    builder.onResolve({ filter: /^\./ }, async ({ path, resolveDir, kind, importer }) => {
      if (kind !== 'dynamic-import') return undefined;
      // Firefox (153) leaves a thenable alone that a callback of then() gives when nobody takes that then()'s promise.
      const ignored = new RegExp(`(^|[;{})]|&&)\\s*import\\('${path.replaceAll('.', '\\.')}'\\);`, 'm');
      if (ignored.test(await readFile(importer, 'utf8')))
        return { errors: [{ text: `${importer}: take the promise of import('${path}'), or Firefox loads nothing` }] };
      return { path: resolve(resolveDir, path), namespace: 'when-used' };
    });
    builder.onLoad({ filter: /./, namespace: 'when-used' }, ({ path }) => {
      const names = scriptsOf(usedPart(path, importer)).map((name) => `'${basename(name)}'`);
      const file = `./${relative(web, path)}`;
      return {
        contents: `export const then = (resolve, reject) => Promise.all([${names}].map(doorbellShared.load))
          .then(() => resolve(doorbellShared['${file}']), reject);`,
      };
    });
  },
});

/**
 * What a part begins with: its source; and it puts what later ones take from it where they find it.
 *
 * @param {Part} part
 */
function entryOf({ source, after, shared, isUsed }) {
  const names = [...shared];
  if (isUsed) names.push(`./${relative(web, resolve(lessons, source))}`);
  const entries = names.map((name, i) => `'${name}': shared${i}`);
  const isFirst = !after[0].length;
  return [
    ...(isFirst ? ["import './core/load-script.js';"] : []), // before all else: it must see which script this is
    `import './${relative(web, resolve(lessons, source))}';`,
    ...names.map((name, i) => `import * as shared${i} from '${name}';`),
    ...(names.length ? [`Object.assign((globalThis.doorbellShared ??= {}), { ${entries} });`] : []),
  ].join('\n');
}

/** @param {Part} part @param {import('esbuild').BuildOptions} options */
const bundle = (part, options) =>
  build({
    ...classic,
    stdin: { contents: entryOf(part), resolveDir: web },
    plugins: [
      comesWhenUsed(part),
      takeOver(part),
      wasmBeside(part),
      sheets,
      figures,
      unindentTemplates,
      workerAsText,
      unusedTrees,
    ],
    ...options,
  });

/** The scripts of a part, as a page names them. @param {Part} part */
const scriptsOf = ({ source, modules }) => [...[...modules].map((module) => `assets/${module}.js`), built(source)];

/** Parts are built twice: first to learn what is in each, for later ones to take from, and which others it imports. */
async function buildParts() {
  const unknown = () => [...parts.values()].find(({ files }) => !files.size);
  for (let part = unknown(); part; part = unknown()) {
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

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await buildParts();
for (const page of pages) await buildPage(page);
await buildScripts(join(dist, 'embed'));
for (const { name, later } of pages) if (later.length) await buildFile(dist, name);
await makeInstallable(dist);

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

/** The playground's own scripts, with those that it takes when it begins: all that come after it. */
const ofPlayground = [...parts.values()].filter(({ source, after }) =>
  [source, ...after.flat().map((part) => part.source)].some((name) => name.startsWith('../playground/')),
);
for (const { name, files, demo } of pages) {
  tell(`${name}, to be read`, await weightInDist(files), READ_BUDGET);
  if (name === PLAYGROUND)
    tell(`${name}, all of it`, await weightInDist([...files, ...ofPlayground.flatMap(scriptsOf)]), PLAYGROUND_BUDGET);
  if (!demo.length) continue;
  tell(`${name}, with its demo`, await weightInDist([...files, ...demo.flatMap(scriptsOf)]), STEPPED_BUDGET);
}
for (const part of parts.values()) {
  if (ofPlayground.includes(part)) continue;
  const when = part.isUsed ? 'used' : 'reached';
  if (part.isUsed || part.after[0].length)
    tell(`${basename(part.source)}, when it is ${when}`, await weightInDist([built(part.source)]), PART_BUDGET);
}
for (const name of (await readdir(modules)).filter((name) => name.endsWith('.wasm'))) {
  tell(name, (await packed(name)).length, name === 'traffic.wasm' ? WHOLE_BUDGET : WASM_BUDGET);
}
