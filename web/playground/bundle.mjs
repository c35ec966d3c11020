// @ts-check
// The part of the playground that runs inside the VM, as the source of one expression.
import { buildSync } from 'esbuild';
import { fileURLToPath } from 'node:url';

/** How functions are called that no program ever has in its hands: what makes its world, drives its promises, shows
 * its values and words its errors. */
const UNSEEN =
  'abort argument await base64 browser bytes call circle class coded comes complete draw dress emit ' +
  'encoding enqueue escape fault folder format function get group handler has improve install invoke is ' +
  'iterator keep kind last make method name need new next node not number own perform place private ' +
  'promise read reduce refuse report resolving run settle shows stack str taken tell to utf8 warn width ' +
  'with words wrap wrong';
const NAMED = new RegExp(`\\}[\\w$]+\\([\\w$]+,"(?:${UNSEEN.replaceAll(' ', '|')})[A-Z]\\w*"\\);`, 'g');

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
  return `(() => { ${outputFiles[0].text.replace(NAMED, '}')}\nreturn $vm.default; })()`;
}
