// @ts-check
import quickjs from 'quickjs.wasm';
import core from 'play.wasm';
import unpacker from 'unpack.wasm';
import program from 'worker:./worker.js';
import { refusalOf } from './refusal.js';

/**
 * @typedef {{ outputs: string[], complete: boolean }} Orders  all that a program may print, its own run's first;
 *   complete: there is no more
 *
 * @typedef {{ recording: import('./record.js').Recording } | { refusal: import('./refusal.js').Refusal }} Answer
 */

/** So many ways of a program's are gone at the most. */
const WAYS = 200;

const NO_WORKER = 'the worker that runs it could not begin; a content security policy allows it by worker-src blob:';

/** Of the worker's program. @type {string | undefined} */
let address;

/** Runs programs in a worker, one at a time: the newest cancels the one before. */
export class Runner {
  /** @type {Worker | undefined} */ #worker;
  #id = 0;
  /** @type {((answer: any) => void) | undefined} */ #answer;

  /** What runs them gets ready while its page does something else. */
  constructor() {
    this.#worker = this.#start();
  }

  #start() {
    address ??= URL.createObjectURL(new Blob([program], { type: 'text/javascript' }));
    const worker = new Worker(address);
    worker.onmessage = ({ data: { id, ...answer } }) => {
      if (id !== this.#id) return;
      this.#answer?.(answer);
      this.#answer = undefined;
    };
    // What happens in it is told; what keeps it from beginning is not.
    worker.onerror = () => {
      this.#answer?.({ refusal: refusalOf({ message: NO_WORKER }) });
      this.#answer = undefined;
      this.stop();
    };
    worker.postMessage({ quickjs, core, unpacker });
    return worker;
  }

  /**
   * @param {string} source @param {{ host: 'browser' | 'node', module: boolean }} options
   * @returns {Promise<Answer | null>} null: another run has come
   */
  run(source, options) {
    return this.#ask({ source, ...options });
  }

  /**
   * All that a program may print where no order is guaranteed.
   *
   * @param {string} source @param {{ host: 'browser' | 'node', module: boolean }} options
   * @returns {Promise<{ orders: Orders } | { refusal: import('./refusal.js').Refusal } | null>} null: a run has come
   */
  orders(source, options) {
    return this.#ask({ source, ...options, ways: WAYS });
  }

  /**
   * May a program print this, where no order is guaranteed?
   *
   * @param {string} source @param {{ host: 'browser' | 'node', module: boolean }} options
   * @param {string[]} calls  what each call printed, see real-run.js
   * @returns {Promise<boolean | null>} null: nobody knows
   */
  async allows(source, options, calls) {
    const answer = await this.#ask({ source, ...options, calls, ways: WAYS });
    return answer?.allowed ?? null;
  }

  /** @param {object} question @returns {Promise<any>} */
  #ask(question) {
    const id = ++this.#id;
    if (this.#answer) this.stop();
    this.#worker ??= this.#start();
    this.#worker.postMessage({ id, ...question });
    return new Promise((resolve) => (this.#answer = resolve));
  }

  stop() {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#answer?.(null);
    this.#answer = undefined;
  }
}
