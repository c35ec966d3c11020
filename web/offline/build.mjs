// For readers without a network. Makes the site in dist/ one that stays (site.mjs), and builds dist/offline/: each lesson
// as one file with all inside, for a stick or a disk. From the pages it takes the markup and the sheets; the scripts it
// bundles anew, into one, with all parts that come later.
import { build } from 'esbuild';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeInstallable } from './site.mjs';
import { classic, figures, sheets, unindentTemplates, wasmInside, web, workerAsText } from '../plugins.mjs';

const lessons = join(web, 'lessons');
const dist = join(web, '../dist');
const plugins = [wasmInside, sheets, figures, unindentTemplates, workerAsText];

const named = (html, pattern) => [...html.matchAll(pattern)].map((match) => match[1]);

/** All scripts of a page, in the order in which they are loaded. @param {string} html its source */
function scriptsOf(html) {
  const later = named(html, /\bdata-scripts="([^"]+)"/g).flatMap((list) => list.split(' '));
  return [...new Set([...later, ...named(html, /<script\b[^>]*\bsrc="([^"]+)"/g)])];
}

/** @param {string} name of a page */
async function buildFile(name) {
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
  await writeFile(join(dist, 'offline', name), html);
}

await mkdir(join(dist, 'offline'), { recursive: true });
for (const name of (await readdir(lessons)).filter((file) => file.endsWith('.html') && file !== 'index.html')) {
  await buildFile(name);
}

const tokens = await readFile(join(web, 'styles/tokens.css'), 'utf8');
const night = /--bg: light-dark\(.+, (.+)\);/.exec(tokens)?.[1] ?? '';
await makeInstallable(dist, { name: 'Doorbell: I/O multiplexing and the event loop', color: night });
