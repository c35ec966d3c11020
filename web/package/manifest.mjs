// The custom-elements manifest: what the elements of the package may be told, say and let style, from the comments of
// their sources. https://github.com/webcomponents/custom-elements-manifest
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** `{type} [name=default] description`, each of them as it is there. */
const TAG = /^@(\w+) (?:\{(.+?)\} )?(?:\[([\w-]+)(?:=([^\]]+))?\]|([\w-]+)) ([^]+)$/;

/** The comments of a source, each as its sentence and its tags, a line each. @param {string} source */
const commentsOf = (source) =>
  [...source.matchAll(/\/\*\*([^]*?)\*\//g)].map(([, comment]) =>
    comment
      .replace(/^\s*\* ?/gm, '')
      .replace(/\n(?!@|$)\s*/gm, ' ')
      .trim()
      .split(/\n+/),
  );

/** What a kind of tag becomes in the manifest. */
const KINDS = {
  attr: (name, type, byDefault, description) => [
    'attributes',
    { name, ...(type && { type: { text: type } }), ...(byDefault && { default: byDefault }), description },
  ],
  prop: (name, type, _, description) => ['members', { kind: 'field', name, type: { text: type }, description }],
  fires: (name, type, _, description) => ['events', { name, type: { text: type }, description }],
  csspart: (name, _, __, description) => ['cssParts', { name, description }],
};

/** A source, and of those that it imports the ones that say what several elements may be told.
 * @param {string} folder @param {string} file @returns {string[]} */
function sourcesOf(folder, file) {
  const source = readFileSync(join(folder, file), 'utf8');
  const shared = [...source.matchAll(/(?<= from '\.\/)standalone[\w-]*\.js/g)].flatMap(([name]) =>
    sourcesOf(folder, name),
  );
  return [...new Set([source, ...shared])];
}

/** The sheets that an element takes, in one text. @param {import('esbuild').Metafile['inputs']} inputs
 * @param {string} entry */
function stylesOf(inputs, entry) {
  const files = new Set([relative(process.cwd(), entry)]);
  for (const file of files) for (const { path } of inputs[file]?.imports ?? []) files.add(path);
  const sheets = [...files].filter((file) => file.endsWith('.css'));
  return sheets.map((file) => readFileSync(file, 'utf8')).join('\n');
}

/** @param {string} folder @param {string} element @param {import('esbuild').Metafile['inputs']} inputs */
function moduleOf(folder, element, inputs) {
  const path = `${element}.js`;
  const comments = sourcesOf(folder, path).flatMap(commentsOf);
  const [description] = comments.find((comment) => comment.includes(`@tag ${element}`)) ?? [];
  const name = element.replace(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase());
  const declaration = { kind: 'class', name, description, tagName: element, customElement: true };
  for (const line of comments.flat()) {
    const [, kind, type, optional, byDefault, required, words] = TAG.exec(line) ?? [];
    if (!Object.hasOwn(KINDS, kind ?? '')) continue;
    const [list, entry] = KINDS[kind](optional ?? required, type, byDefault, words);
    (declaration[list] ??= []).push(entry);
  }
  const sheets = ['standalone.css', '../styles/tokens.css'].map((file) => readFileSync(join(folder, file), 'utf8'));
  const styles = stylesOf(inputs, join(folder, path));
  const isUsed = ({ name }) => name === '--rem' || styles.includes(`var(${name})`); // --rem: by all that is in rem
  declaration.cssProperties = sheets.flatMap(propertiesOf).filter(isUsed);
  for (const attribute of declaration.attributes) attribute.fieldName = attribute.name;
  const reference = { name, module: path };
  return {
    kind: 'javascript-module',
    path,
    declarations: [declaration],
    exports: [
      { kind: 'js', name, declaration: reference },
      { kind: 'custom-element-definition', name: element, declaration: reference },
    ],
  };
}

/** The colors and fonts, each with the remark that stands beside it. @param {string} css */
const propertiesOf = (css) =>
  [...css.slice(0, css.indexOf('}')).matchAll(/^ +(--[\w-]+): (.+?);(?: \/\* (.+) \*\/)?$/gm)].map(
    ([, name, byDefault, description]) => ({ name, default: byDefault, ...(description && { description }) }),
  );

/**
 * @param {string} folder of the elements' sources @param {string[]} elements
 * @param {import('esbuild').Metafile['inputs']} inputs what they were built of
 */
export const manifestOf = (folder, elements, inputs) => ({
  schemaVersion: '1.0.0',
  modules: elements.map((element) => moduleOf(folder, element, inputs)),
});
