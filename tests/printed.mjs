// What the README, the package's README and the pages print to be copied, letter for letter: each snippet is read from
// where it stands, and has a kind, by which a test finds it and runs it.
import { readdirSync, readFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);

/** What snippets of a kind look like. The first that fits counts; `by` is the test that runs them. */
const KINDS = {
  diagram: { like: /^scenario \(text\) -> /, by: 'nobody: it is a drawing' },
  world: { like: /^\/\/@ /, by: 'playground/world' },
  'scenario for the command': {
    like: /^(socket .* (size|buffer)|timer .* every|timeout|signal|listener|worker|pipe|file) /m,
    by: 'core/command',
  },
  scenario: { like: /^\s*(#.*\s+)?(socket|promise|timer|script|input) /, by: 'elements/printed' },
  javascript: { like: /^(setTimeout|queueMicrotask|Promise|const|async)\b/, by: 'elements/printed' },
  'a trap': { like: /^(struct order|(void|def) serve\()/, by: 'core/traps' },
  python: { like: /^(while|from) /, by: 'elements/printed' },
  shell: { like: /^(make|ctest|build\/native\/doorbell) /, by: 'core/shell' },
  script: { like: /<script src="doorbell\.js">/, by: 'pages/embed' },
  playground: { like: /^<script src="doorbell-playground\.js">/, by: 'pages/embed' },
  frame: { like: /^<iframe /, by: 'pages/embed' },
  listener: { like: /^document\.addEventListener/, by: 'pages/embed' },
  styles: { like: /^[\w-]+ \{/, by: 'pages/embed' },
  install: { like: /^npm install /, by: 'package/package' },
  imports: { like: /^import '/, by: 'package/package' },
  'import map': { like: /^<script type="importmap">/, by: 'package/package' },
};

/** @typedef {{ file: string, text: string, kind: keyof typeof KINDS | undefined }} Snippet */

const ENTITIES = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

/** What a Markdown file prints as code: what is indented by four spaces. */
const inMarkdown = (text) =>
  [...text.matchAll(/(?:^(?: {4}.*|[^\S\n]*)\n)+/gm)]
    .map(([block]) => block.replace(/^ {4}/gm, '').trim())
    .filter(Boolean);

/** What a page prints: what stands in a `<pre>`, and commands in a sentence that have a file of the reader's. */
const inPage = (html) =>
  [...html.matchAll(/<pre\b[^>]*>([^]*?)<\/pre>|<code>(build\/native\/[^<]*\.txt)<\/code>/g)].map(([, pre, code]) =>
    plain(pre ?? code),
  );

/** @param {string} html */
const plain = (html) => html.replace(/<[^>]+>/g, '').replace(/&\w+;/g, (entity) => ENTITIES[entity] ?? entity);

/** A text without lines of a kind: `del` makes the trap, `ins` is the cure. @param {string} html @param {string} tag */
const without = (html, tag) => plain(html.replace(new RegExp(`<${tag}>[^]*?</${tag}>\\n?`, 'g'), ''));

/** The shelf of traps: the scenarios of each, and its code. @param {string} page */
export function trapsIn(page) {
  const html = readFileSync(new URL(`web/lessons/${page}`, root), 'utf8');
  return [...html.matchAll(/<section id="([\w-]+)" class="trap">([^]*?)<\/section>/g)].map(([, id, text]) => ({
    id,
    scenarios: [...text.matchAll(/<pre data-way="([^"]+)">\n([^]*?)<\/pre>/g)].map(([, way, text]) => ({
      way,
      text: plain(text),
    })),
    code: Object.fromEntries(
      [...text.matchAll(/<pre [^>]*aria-label="In (C|Python)">([^]*?)<\/pre>/g)].map(([, language, html]) => [
        language.toLowerCase(),
        { trap: without(html, 'ins'), cure: without(html, 'del') },
      ]),
    ),
  }));
}

/** @param {string} file @returns {Snippet[]} */
function snippetsIn(file) {
  const text = readFileSync(new URL(file, root), 'utf8');
  return (file.endsWith('.md') ? inMarkdown : inPage)(text).map((text) => {
    const kind = /** @type {Snippet['kind']} */ (Object.keys(KINDS).find((kind) => KINDS[kind].like.test(text)));
    return { file, text, kind };
  });
}

const pages = readdirSync(new URL('web/lessons', root)).filter((name) => name.endsWith('.html'));

/** All that is printed, in the order in which it is read. */
export const PRINTED = ['README.md', 'web/package/README.md', ...pages.map((page) => `web/lessons/${page}`)].flatMap(
  snippetsIn,
);

/** What of it is of a kind. @param {keyof typeof KINDS} kind */
export const printed = (kind) => PRINTED.filter((snippet) => snippet.kind === kind);
