// @ts-check
import quickjs from 'quickjs.wasm';
import core from 'play.wasm';
import unpacker from 'unpack.wasm';
import program from 'packed:./worker.js';
import { unpack as gunzip } from '../../core/in-page.js';
import { refusalOf } from './refusal.js';
import { unpack } from './unpack.js';

/**
 * @typedef {{ outputs: string[], complete: boolean }} Orders  all that a program may print, its own run's first;
 *   complete: there is no more
 *
 * @typedef {{ recording: import('./record.js').Recording } | { refusal: import('./refusal.js').Refusal }} Answer
 */

/** So many ways of a program's are gone at the most. */
const WAYS = 200;

const NO_WORKER = 'the worker that runs it could not begin; a content security policy allows it by worker-src blob:';

async function unpacked() {
  const text = unpack(await WebAssembly.compile(await gunzip(unpacker)), program);
  return URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
}

/** Of the worker's program. @type {Promise<string> | undefined} */
let address;

/** Runs programs in a worker, one at a time: the newest cancels the one before. */
export class Runner {
  /** @type {Promise<Worker> | undefined} */ #worker;
  #id = 0;
  /** @type {((answer: any) => void) | undefined} */ #answer;

  /** What runs them gets ready while its page does something else. */
  constructor() {
    this.#worker = this.#start();
    this.#worker.catch(() => {}); // whoever asks is told
  }

  async #start() {
    address ??= unpacked();
    const worker = new Worker(await address);
    worker.onmessage = ({ data: { id, ...answer } }) => {
      if (id !== this.#id) return;
      this.#answer?.(answer);
      this.#answer = undefined;
    };
    // What happens in it is told; what keeps it from beginning is not.
    worker.onerror = () => this.#fail({ message: NO_WORKER });
    worker.postMessage({ quickjs, core, unpacker });
    return worker;
  }

  /** @param {{ message: string }} error */
  #fail(error) {
    this.#answer?.({ refusal: refusalOf(error) });
    this.#answer = undefined;
    this.stop();
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
    const worker = (this.#worker ??= this.#start());
    return new Promise((resolve) => {
      this.#answer = resolve;
      worker.then(
        (ready) => ready.postMessage({ id, ...question }),
        (error) => id === this.#id && this.#fail(error),
      );
    });
  }

  stop() {
    this.#worker?.then(
      (worker) => worker.terminate(),
      () => {}, // there is none
    );
    this.#worker = undefined;
    this.#answer?.(null);
    this.#answer = undefined;
  }
}
