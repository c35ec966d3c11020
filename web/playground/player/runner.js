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

/** What a worker is made of: see worker.js. @type {object} */
let parts = { quickjs, core, unpacker };

/** A run that takes longer may be one that has to be broken off. */
const LONG_MS = 15;

/**
 * Runs programs in a worker, one at a time: the newest cancels the one before. A run can only be broken off by ending
 * its worker, and another takes long to get ready: so while a program is edited, or a run goes on, another gets ready
 * beside it.
 */
export class Runner {
  /** @type {Promise<Worker> | undefined} */ #worker;
  /** @type {Promise<Worker> | undefined} */ #spare;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #long;
  #hasBrokenOff = false;
  #id = 0;
  /** @type {((answer: any) => void) | undefined} */ #answer;

  /** What runs them gets ready while its page does something else. */
  constructor() {
    this.#worker = this.#start();
  }

  #start() {
    const worker = this.#make();
    worker.catch(() => {}); // whoever asks is told
    return worker;
  }

  /** The run that comes, or goes on, may be broken off. */
  prepare() {
    this.#spare ??= this.#start();
  }

  async #make() {
    address ??= unpacked();
    const worker = new Worker(await address);
    worker.onmessage = ({ data: { id, begins, compiled, ...answer } }) => {
      parts = compiled ?? parts;
      if (id !== this.#id) return;
      if (begins) this.#long = setTimeout(() => this.prepare(), LONG_MS);
      else this.#tell(answer);
    };
    // What happens in it is told; what keeps it from beginning is not.
    worker.onerror = () => this.#fail({ message: NO_WORKER });
    worker.postMessage(parts);
    return worker;
  }

  /** @param {any} answer */
  #tell(answer) {
    clearTimeout(this.#long);
    this.#answer?.(answer);
    this.#answer = undefined;
    if (answer && this.#hasBrokenOff) this.prepare(); // as one run was, the next may be
  }

  /** @param {{ message: string }} error */
  #fail(error) {
    this.#tell({ refusal: refusalOf(error) });
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
    if (this.#answer) this.#breakOff();
    const worker = (this.#worker ??= this.#start());
    return new Promise((resolve) => {
      this.#answer = resolve;
      worker.then(
        (ready) => ready.postMessage({ id, ...question }),
        (error) => id === this.#id && this.#fail(error),
      );
    });
  }

  #breakOff() {
    end(this.#worker);
    this.#worker = this.#spare;
    this.#spare = undefined;
    this.#hasBrokenOff = true;
    this.#tell(null);
  }

  stop() {
    this.#breakOff();
    end(this.#worker);
    this.#worker = undefined;
  }
}

/** @param {Promise<Worker> | undefined} worker */
function end(worker) {
  worker?.then(
    (ready) => ready.terminate(),
    () => {}, // there is none
  );
}
