// Builds the pages into dist/, and says what they weigh. Each page's script becomes one classic script with the wasm
// inside, for a page that is opened from the disk may load neither modules nor files.
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const lessons = join(here, 'lessons');
const dist = join(here, '../dist');
const modules = join(here, '../build/wasm');
const PAGE_BUDGET = 60 * 1024; // everything that a page loads, compressed
const WASM_BUDGET = 20 * 1024;

const script = /<script\b[^>]*\bsrc="([^"]+)"[^>]*>/g;
const stylesheet = /<link\b[^>]*\brel="stylesheet"[^>]*\bhref="([^"]+)"[^>]*>/g;
const built = (source) => `assets/${basename(source)}`;

/** A page with the parts that it shares with others put in, and its links to itself marked. */
const assemble = (name) =>
  readFileSync(join(lessons, name), 'utf8')
    .replace(/<!-- include (\S+) -->/g, (_, part) => readFileSync(join(lessons, part), 'utf8').trim())
    .replaceAll(`href="${name}"`, '$& aria-current="page"');

const pages = [];
for (const name of (await readdir(lessons)).filter((name) => name.endsWith('.html'))) {
  const html = assemble(name);
  pages.push({
    name,
    html: html
      .replace(script, (_, source) => `<script defer src="${built(source)}">`)
      .replace(stylesheet, (_, source) => `<link rel="stylesheet" href="${built(source)}">`),
    sources: [script, stylesheet].flatMap((pattern) => [...html.matchAll(pattern)].map((match) => match[1])),
  });
}

/** Indentation is for the eye; `<pre>` keeps its own. */
const unindent = (html) => html.replace(/(<pre\b[\s\S]*?<\/pre>)|\n\s+/g, (_, pre) => pre ?? '\n');

/** The bundler leaves templates as they are, and they are much of what the elements are. */
const unindentTemplates = {
  name: 'unindent-templates',
  setup(builder) {
    builder.onLoad({ filter: /\/elements\/[^/]*\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(/\n\s+/g, '\n'),
    }));
  },
};

/** In a script the module is base64, which compresses badly; so it is compressed before. See model/in-page.js. */
const packedWasm = {
  name: 'packed-wasm',
  setup(builder) {
    builder.onResolve({ filter: /^\w+\.wasm$/ }, ({ path }) => ({ path: join(modules, path) }));
    builder.onLoad({ filter: /\.wasm$/ }, async ({ path }) => ({
      contents: gzipSync(await readFile(path), { level: 9 }),
      loader: 'binary',
    }));
  },
};

await rm(dist, { recursive: true, force: true });
await build({
  entryPoints: [...new Set(pages.flatMap((page) => page.sources))].map((source) => resolve(lessons, source)),
  entryNames: '[name]',
  outdir: join(dist, 'assets'),
  bundle: true,
  plugins: [packedWasm, unindentTemplates],
  minify: true,
  format: 'iife',
  target: ['es2022'],
  legalComments: 'none',
  logLevel: 'warning',
});
await Promise.all(pages.map(({ name, html }) => writeFile(join(dist, name), unindent(html))));

const weight = async (...files) => {
  const contents = await Promise.all(files.map((file) => readFile(file)));
  return contents.reduce((sum, bytes) => sum + gzipSync(bytes, { level: 9 }).length, 0);
};
const weighed = await Promise.all(
  pages.map(async ({ name, sources }) => ({
    what: name,
    bytes: await weight(join(dist, name), ...sources.map((source) => join(dist, built(source)))),
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
