// One classic script with both demos, for people without a build.
import { build } from 'esbuild';
import { join } from 'node:path';
import { classic, figures, standaloneSheets, unindentTemplates, wasmInside, web, workerAsText } from '../plugins.mjs';

/** How sources come into what stands in other people's pages. */
export const standalone = [wasmInside, standaloneSheets, figures, unindentTemplates, workerAsText];

/** @param {string} outfile */
export const buildScript = (outfile) =>
  build({ ...classic, entryPoints: [join(web, 'package/classic.js')], plugins: standalone, outfile });
