// Programs, run by a real engine and by the model: the engine's order must be one that the model allows.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { doorbell, stepsOf } from '../doorbell.mjs';
import { javascriptOf, programOf } from '../../web/model/javascript.js';
import { smaller, textOf } from './programs.mjs';

const require = createRequire(new URL('../../web/package.json', import.meta.url));

/** web/model/javascript.js as a script that a page can evaluate; it leaves `runHere` behind. */
function runner() {
  const { outputFiles } = require('esbuild').buildSync({
    stdin: {
      contents: `import { runHere } from './javascript.js';
        globalThis.runAll = async (programs) => {
          const runs = [];
          for (const program of programs) runs.push(await runHere(program));
          return runs;
        };`,
      resolveDir: fileURLToPath(new URL('../../web/model/', import.meta.url)),
    },
    bundle: true,
    format: 'iife',
    write: false,
  });
  return outputFiles[0].text;
}

/** An open browser that runs programs, many in one call. */
export async function runsPrograms(browser) {
  await browser.evaluate(`(() => { ${runner()} })()`);
  return { ...browser, run: (programs) => browser.evaluate(`runAll(${JSON.stringify(programs)})`) };
}

/**
 * A promise that became ready while a callback ran. The model lets it go before all tasks; but in JavaScript a promise
 * is settled by a task of its own, which has to wait for its turn.
 */
const isLatePromise = (trace, { statement, ready, free }) => {
  const { kind, depth } = trace.statements[statement];
  return kind === 'promise' && depth === 0 && ready < free;
};

/** What the model says of a program: the order of what can be seen, and the times at which something happens. */
export function predict(text, host) {
  const trace = doorbell.loop(text);
  const steps = stepsOf(trace);
  return {
    order: steps.map(({ statement }) => trace.statements[statement].name).join(' '),
    times: steps.map(({ time }) => time / 1000),
    isPlain: steps.every((step) => !isLatePromise(trace, step)),
    moments: steps.flatMap(({ ready, end }) => [ready / 1000, end / 1000]),
    program: programOf(trace.scenario, host),
  };
}

/** Whether all moments are either equal or so far apart that a real clock can tell them. */
export function isApart({ moments }, gap) {
  const sorted = [...moments].sort((a, b) => a - b);
  return sorted.every((time, i) => i === 0 || time === sorted[i - 1] || time - sorted[i - 1] >= gap);
}
