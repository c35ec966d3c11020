// web/javascript/run-here.js in an open browser: many programs in one call.
import { fileURLToPath } from 'node:url';
import { require } from './browser.mjs';

const folder = fileURLToPath(new URL('../../../web/javascript/', import.meta.url));
const contents = `import { runHere } from './run-here.js';
globalThis.runAll = async (programs) => {
  const runs = [];
  for (const program of programs) runs.push(await runHere(program));
  return runs;
};`;

/** The browser, with a `run` that answers with one run for each program. */
export async function withRunner(browser) {
  const build = { stdin: { contents, resolveDir: folder }, bundle: true, format: 'iife', write: false };
  const [{ text }] = require('esbuild').buildSync(build).outputFiles;
  await browser.evaluate(`(() => { ${text} })()`);
  return { ...browser, run: (programs) => browser.evaluate(`runAll(${JSON.stringify(programs)})`) };
}
