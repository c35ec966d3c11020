// A lesson as one file with all inside, for a stick or a disk. From the page it takes the markup and the sheets; the
// scripts it bundles anew, into one, with all parts that come later.
import { build } from 'esbuild';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { classic, figures, sheets, unindentTemplates, wasmInside, web, workerAsText } from '../plugins.mjs';

const lessons = join(web, 'lessons');
/** One file belongs to no site that could be kept: where it is served alone, there is no worker to ask for. */
const alone = {
  name: 'alone',
  setup: (build) => build.onLoad({ filter: /[\\/]stay-offline\.js$/ }, () => ({ contents: '' })),
};

const plugins = [alone, wasmInside, sheets, figures, unindentTemplates, workerAsText];

const named = (html, pattern) => [...html.matchAll(pattern)].map((match) => match[1]);

/** All scripts of a page, in the order in which they are loaded. @param {string} html its source */
function scriptsOf(html) {
  const later = named(html, /\bdata-scripts="([^"]+)"/g).flatMap((list) => list.split(' '));
  return [...new Set([...later, ...named(html, /<script\b[^>]*\bsrc="([^"]+)"/g)])];
}

/** @param {string} dist where the pages are @param {string} name of one */
export async function buildFile(dist, name) {
  const source = await readFile(join(lessons, name), 'utf8');
  const contents = scriptsOf(source).map((script) => `import '${script}';`);
  const stdin = { contents: contents.join('\n'), resolveDir: lessons };
  const { outputFiles } = await build({ ...classic, stdin, plugins, write: false });

  let html = await readFile(join(dist, name), 'utf8');
  for (const sheet of named(html, /<link rel="stylesheet" href="([^"]+)">/g)) {
    const css = await readFile(join(dist, sheet), 'utf8');
    html = html.replace(`<link rel="stylesheet" href="${sheet}">`, () => `<style>${css.trim()}</style>`);
  }
  html = html
    .replace(/<script defer src=[^>]+><\/script>\n?/g, '')
    .replace(/\s+data-scripts="[^"]*"/g, '')
    .replace(/ href="index.html"/g, '') // the front page is not here
    .replace('</body>', () => `<script>${outputFiles[0].text.trim()}</script>\n</body>`);
  await mkdir(join(dist, 'offline'), { recursive: true });
  await writeFile(join(dist, 'offline', name), html);
}
