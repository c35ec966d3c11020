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
     * @returns {Outcome} limit: why it was stopped
     */
    run(source, { file = '/program.js', host = 'node', isModule = file.endsWith('.mjs') } = {}) {
      const run = playground.run(source, { host, module: isModule, file });
      const written = (stream) =>
        run.console
          .filter((one) => one.stream === stream)
          .map(({ text }) => text)
          .join('');
      const limit = run.limit ? `\nstopped: ${run.limit}` : '';
      return { stdout: withoutStacks(written(1)), stderr: plainError(written(2)) + limit, status: run.status };
    },
  };
}
