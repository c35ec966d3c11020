// Classic scripts, for people without a build: one with both demos, one with the playground. What the playground
// fetches when it begins lies beside it.
import { build } from 'esbuild';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import {
  classic,
  figures,
  standaloneSheets,
  unindentTemplates,
  unusedTrees,
  wasmInside,
  web,
  workerAsText,
} from '../plugins.mjs';

/** How sources come into what stands in other people's pages. */
export const standalone = [wasmInside, standaloneSheets, figures, unindentTemplates, workerAsText, unusedTrees];

/** A page may say of itself that it has other letters than UTF-8, and its script is then read so too. */
const inAscii = (text) =>
  text.replace(/[^\x00-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** @param {string} file @param {import('esbuild').BuildOptions} options */
async function buildScript(file, options) {
  const { outputFiles } = await build({ ...classic, plugins: standalone, ...options, write: false });
  await writeFile(file, inAscii(outputFiles[0].text));
}

/**
 * What is imported when it is used becomes a script beside: a page from the disk may load no module. The module that
 * stands in its place is a thenable, so that `import()` gives what the script has when it has come.
 *
 * @param {string} folder
 */
const beside = (folder) => ({
  name: 'beside',
  setup(builder) {
    builder.onResolve({ filter: /^\./ }, ({ path, resolveDir, kind }) =>
      kind === 'dynamic-import' ? { path: resolve(resolveDir, path), namespace: 'beside' } : undefined,
    );
    builder.onLoad({ filter: /./, namespace: 'beside' }, async ({ path }) => {
      const name = `doorbell-${basename(path)}`;
      const contents = `import * as all from '${path}'; doorbellShared['${name}'] = all;`;
      await buildScript(join(folder, name), { stdin: { contents, resolveDir: web } });
      return {
        contents: `import { loadScript } from './core/load-script.js';
          export const then = (resolve, reject) =>
            loadScript('${name}').then(() => resolve(doorbellShared['${name}']), reject);`,
        resolveDir: web,
      };
    });
  },
});

/** @param {string} folder */
export async function buildScripts(folder) {
  const source = (name) => [join(web, `package/${name}.js`)];
  await mkdir(folder, { recursive: true });
  await buildScript(join(folder, 'doorbell.js'), { entryPoints: source('classic') });
  await buildScript(join(folder, 'doorbell-playground.js'), {
    entryPoints: source('classic-playground'),
    plugins: [beside(folder), ...standalone],
  });
}
