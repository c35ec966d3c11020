// @ts-check
// A worker's program: runs a whole crowd of sockets through the model, one strategy after another, while the page goes
// on. It is told { module, connections, ready, strategies }, and posts a message at each stage; ending it cancels.
import { Instance } from './doorbell.js';

/**
 * Each socket has one message; `ready` of them come at once, spread over all sockets, and a microsecond later the next.
 *
 * @param {number} connections @param {number} ready
 */
function scenario(connections, ready) {
  const groups = Math.ceil(connections / ready);
  let text = '';
  for (let i = 0; i < connections; i++) text += `socket s${i} ready ${((i % groups) + 1) / 1000}\n`;
  return text;
}

onmessage = ({ data: { module, connections, ready, strategies } }) => {
  postMessage({ stage: 'writing the scenario' });
  const text = scenario(connections, ready);
  postMessage({ stage: 'reading it' });
  const instance = new Instance(module);
  instance.write(text);
  const words = instance.describe();
  instance.call('parse', words.hosts.indexOf('multiplexer'));
  for (const strategy of strategies) {
    postMessage({ stage: strategy });
    const start = performance.now();
    try {
      instance.call('multiplex', words.strategies.indexOf(strategy), 0, 0, 0);
    } catch (error) {
      postMessage({ strategy, refused: String(/** @type {Error} */ (error).message) });
      continue;
    }
    const took = performance.now() - start;
    const { calls, totals } = instance.describe();
    postMessage({
      strategy,
      took,
      wakeUps: totals.wake_ups.at(0),
      calls: {
        waits: calls.waits.at(0),
        scanned: calls.scanned.at(0),
        returned: calls.returned.at(0),
        reads: calls.reads.at(0),
        inVain: calls.in_vain.at(0),
      },
    });
  }
  postMessage({ stage: 'done' });
};
