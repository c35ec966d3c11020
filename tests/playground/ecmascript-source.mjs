// web/playground/vm/ecmascript.js as one script, whose value is makeEcmascript: for realms that have no modules.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(new URL('../../web/package.json', import.meta.url));

let source = '';

export function ecmascriptSource() {
  if (source !== '') return source;
  const { outputFiles } = require('esbuild').buildSync({
    entryPoints: [fileURLToPath(new URL('../../web/playground/vm/ecmascript.js', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'made',
    target: 'es2022',
  });
  return (source = `(() => { ${outputFiles[0].text}\nreturn made.makeEcmascript; })()`);
}
