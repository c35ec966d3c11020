// @ts-check
// One wake-up at any scale: what core/model/scale/scale.h reckons from what was measured on a machine. What is not
// known is null. Times are nanoseconds.

/**
 * What comes to a server, as core/model/scale/serving.h has it; times in microseconds.
 *
 * @typedef {{ rate: number, atOnce: number, slowOneOf: number, quick: number, slow: number }} Load
 * @typedef {{ workers: number, cores: number, slice: number }} Crew  slice in microseconds
 * @typedef {{ lack: string, most: number, quick: number, quickMax: number, slow: number, switches: number,
 *   queue: number, line: number }} Served  `most` messages a second; without times when there is a lack of time
 */

const SERVED = 2000; // messages at least that a run has, in whole bursts

/** @param {number} value */
const known = (value) => (value < 0 ? null : value);

export class Scale {
  /** @type {any} */ #core;

  /** @param {WebAssembly.Module} module @param {string} measured what `doorbell live --measure` printed */
  constructor(module, measured) {
    this.#core = new WebAssembly.Instance(module).exports;
    const bytes = new TextEncoder().encode(measured);
    const place = this.#core.tsv(bytes.length);
    if (place === 0) throw new Error(`${bytes.length} bytes of measurements are too many`);
    new Uint8Array(this.#core.memory.buffer, place, bytes.length).set(bytes);
    this.#core.costs(bytes.length);
    this.strategies = this.#names('strategy_name');
    this.limits = this.#names('limit_name');
    this.servers = this.#names('server_name');
    this.lacks = this.#names('lack_name');
    /** The line that describes the machine. */
    this.machine = /^# (.*)/.exec(measured)?.[1] ?? '';
  }

  /** @param {string} list */
  #names(list) {
    const names = [];
    for (let place; (place = this.#core[list](names.length)) !== 0;) {
      const bytes = new Uint8Array(this.#core.memory.buffer, place);
      names.push(new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0))));
    }
    return names;
  }

  /** @param {string} strategy @param {number} connections @param {number} ready */
  asking(strategy, connections, ready) {
    return known(this.#core.asking_ns(this.strategies.indexOf(strategy), connections, ready));
  }

  /** @param {string} strategy @param {number} connections @param {number} ready */
  latency(strategy, connections, ready) {
    return known(this.#core.latency_ns(this.strategies.indexOf(strategy), connections, ready));
  }

  /** In bytes. @param {string} strategy @param {number} connections */
  memory(strategy, connections) {
    return known(this.#core.memory_bytes(this.strategies.indexOf(strategy), connections));
  }

  /** What stops it, one of `limits`. @param {string} strategy @param {number} connections @param {number} ready */
  limit(strategy, connections, ready) {
    return this.limits[this.#core.limit(this.strategies.indexOf(strategy), connections, ready)];
  }

  /**
   * What the system calls of a whole run take.
   *
   * @param {string} strategy @param {number} connections @param {import('./doorbell.js').Calls} calls
   * @param {number} wakeUps
   */
  run(strategy, connections, { waits, returned, reads, inVain }, wakeUps) {
    const number = this.strategies.indexOf(strategy);
    return known(this.#core.run_ns(number, connections, waits, returned, reads, inVain, wakeUps));
  }

  /**
   * The waits that were measured, each asleep until one socket was ready: [connections, ns].
   *
   * @param {string} strategy
   */
  points(strategy) {
    const number = this.strategies.indexOf(strategy);
    /** @type {[number, number][]} */
    const points = [];
    for (let connections; (connections = this.#core.point_connections(number, points.length)) >= 0;) {
      points.push([connections, this.#core.point_ns(number, points.length)]);
    }
    return points;
  }

  /** A read that brings a message. */
  get read() {
    return this.#core.read_ns();
  }

  /** From one thread on a core to another. */
  get switch() {
    return this.#core.context_switch_ns();
  }

  /** Addresses set aside for a thread's stack, in bytes. */
  get stack() {
    return this.#core.thread_reserved_bytes();
  }

  /**
   * What comes of such a load with each server; null when a number is out of bounds.
   *
   * @param {Load} load @param {Crew} crew
   * @returns {Map<string, Served> | null}
   */
  serve({ rate, atOnce, slowOneOf, quick, slow }, { workers, cores, slice }) {
    const core = this.#core;
    const messages = Math.ceil(SERVED / atOnce) * atOnce;
    if (!core.load(rate, atOnce, messages, slowOneOf, quick, slow)) return null;
    const results = this.servers.map((name, number) => {
      const lack = this.lacks[core.serve(number, workers, cores, slice)];
      const served = {
        lack,
        most: core.most(),
        quick: core.quick_ns(),
        quickMax: core.quick_max_ns(),
        slow: core.slow_ns(),
        switches: core.switches(),
        queue: core.queue_max(),
        line: core.line_max(),
      };
      return /** @type {[string, Served]} */ ([name, served]);
    });
    return results.every(([, { lack }]) => lack) ? new Map(results) : null;
  }
}
