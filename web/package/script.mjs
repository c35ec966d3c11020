// One classic script with both demos, for people without a build.
import { build } from 'esbuild';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { classic, figures, standaloneSheets, unindentTemplates, wasmInside, web, workerAsText } from '../plugins.mjs';

/** How sources come into what stands in other people's pages. */
export const standalone = [wasmInside, standaloneSheets, figures, unindentTemplates, workerAsText];

/** A page may say of itself that it has other letters than UTF-8, and its script is then read so too. */
const inAscii = (text) =>
  text.replace(/[^\x00-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** @param {string} outfile */
export async function buildScript(outfile) {
  const entryPoints = [join(web, 'package/classic.js')];
  const { outputFiles } = await build({ ...classic, entryPoints, plugins: standalone, write: false });
  await mkdir(dirname(outfile), { recursive: true });
  await writeFile(outfile, inAscii(outputFiles[0].text));
}
