// @ts-check
import quickjs from 'quickjs.wasm';
import core from 'play.wasm';
import program from 'packed:worker:./worker.js';
import { unpack } from '../../core/in-page.js';

/**
 * @typedef {{ recording: import('./record.js').Recording } | { refusal: import('./refusal.js').Refusal }} Answer
 */

/** Runs programs in a worker, one at a time: the newest cancels the one before. */
export class Runner {
  /** @type {Promise<Worker> | undefined} */ #worker;
  #id = 0;
  /** @type {((answer: Answer | null) => void) | undefined} */ #answer;

  async #start() {
    const address = URL.createObjectURL(new Blob([await unpack(program)], { type: 'text/javascript' }));
    const worker = new Worker(address);
    worker.onmessage = ({ data: { id, ...answer } }) => {
      if (id !== this.#id) return;
      this.#answer?.(answer);
      this.#answer = undefined;
    };
    const [quickjsBytes, coreBytes] = await Promise.all([unpack(quickjs), unpack(core)]);
    worker.postMessage({ quickjs: quickjsBytes, core: coreBytes });
    return worker;
  }

  /**
   * @param {string} source @param {{ host: 'browser' | 'node', module: boolean }} options
   * @returns {Promise<Answer | null>} null: another run has come
   */
  async run(source, options) {
    const id = ++this.#id;
    if (this.#answer) this.stop();
    this.#worker ??= this.#start();
    const worker = await this.#worker;
    if (id !== this.#id) return null;
    return new Promise((resolve) => {
      this.#answer = resolve;
      worker.postMessage({ id, source, ...options });
    });
  }

  stop() {
    this.#worker?.then((worker) => worker.terminate());
    this.#worker = undefined;
    this.#answer?.(null);
    this.#answer = undefined;
  }
}
