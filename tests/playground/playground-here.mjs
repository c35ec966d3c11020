// Programs in the playground, in this process, as `node web/playground/play.mjs FILE` runs them.
import { LIMITS } from '../../web/playground/host/limits.js';
import { loadPlayground } from '../../web/playground/play.mjs';
import { plainError, withoutStacks } from './real-node.mjs';

/** @typedef {import('./real-node.mjs').Outcome} Outcome */

LIMITS.ms = 60_000; // of a machine that is busy with other tests

/** Opens a playground, for as many programs as come. */
export async function openPlayground() {
  const playground = await loadPlayground();
  return {
    /**
     * @param {string} source
     * @param {{ file?: string, host?: 'node' | 'browser', isModule?: boolean }} [options]
     * @returns {Outcome & { ms: number }} ms: when the last callback begins
     */
    run(source, { file = '/program.js', host = 'node', isModule = file.endsWith('.mjs') } = {}) {
      const run = playground.run(source, { host, module: isModule, file });
      const written = (stream) =>
        run.console
          .filter((one) => one.stream === stream)
          .map(({ text }) => text)
          .join('');
      const limit = run.limit ? `\nstopped: ${run.limit}` : '';
      const { trace, status } = run;
      const ms = trace.step(trace.stepCount - 1).time / 1000;
      playground.recycle(run);
      return { stdout: withoutStacks(written(1)), stderr: plainError(written(2)) + limit, status, ms };
    },

    /**
     * May a program, each of whose calls prints a line, print this where no order is guaranteed?
     *
     * @param {string} source @param {string} printed
     * @param {{ host: 'node' | 'browser', isModule: boolean, runs: number }} options
     */
    allows: (source, printed, { host, isModule, runs }) =>
      playground.allows(source, { host, module: isModule }, printed.split('\n').slice(0, -1), { runs }),

    /** Are two timers of a program due together? @param {string} source @param {{ isModule: boolean }} options */
    hasTie(source, { isModule }) {
      const run = playground.run(source, { host: 'node', module: isModule });
      const { trace } = run;
      const events = Array.from({ length: trace.eventCount }, (_, i) => trace.event(i));
      const dues = events.filter(({ kind }) => kind === 'timer').map(({ ready }) => ready);
      playground.recycle(run);
      return new Set(dues).size < dues.length;
    },
  };
}
