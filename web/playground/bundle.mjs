// @ts-check
// The part of the playground that runs inside the VM, as the source of one expression.
import { buildSync } from 'esbuild';
import { fileURLToPath } from 'node:url';

/** @param {{ minify?: boolean }} [options] */
export function bundleVm({ minify = false } = {}) {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL('vm/main.js', import.meta.url))],
    bundle: true,
    format: 'iife',
    globalName: '$vm',
    target: 'es2022',
    minify,
    charset: 'utf8',
    write: false,
  });
  return `(() => { ${outputFiles[0].text}\nreturn $vm.default; })()`;
}
