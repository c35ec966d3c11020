// @ts-check
// The part of the playground that runs inside the VM, as the source of one expression.
import { buildSync } from 'esbuild';
import { fileURLToPath } from 'node:url';

/** What makes the world, and says what a value looks like, no program ever has in its hands. */
const UNSEEN = /\}[\w$]+\([\w$]+,"(?:make|install|format|get)[A-Z]\w*"\);/g;

/** It is the same for the page, the command and the tests. A program sees the names of its world's functions and
 * classes, so they are kept. */
export function bundleVm() {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL('vm/main.js', import.meta.url))],
    bundle: true,
    format: 'iife',
    globalName: '$vm',
    target: 'es2022',
    minify: true,
    keepNames: true,
    charset: 'utf8',
    write: false,
  });
  return `(() => { ${outputFiles[0].text.replace(UNSEEN, '}')}\nreturn $vm.default; })()`;
}
