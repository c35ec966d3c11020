// @ts-check
/** ReadableStream (Streams 4), as far as reading chunks in order, by a reader or `for await`, needs it. */

import { list, uncurried } from './language.js';

const GET_READER = "Failed to execute 'getReader' on 'ReadableStream': ";
const LOCKED =
  GET_READER +
  'ReadableStreamDefaultReader constructor can only accept readable streams that are not yet locked to a reader';
const NO_MODE =
  "Failed to read the 'mode' property from 'ReadableStreamGetReaderOptions': The provided value '{}' is not a valid " +
  'enum value of type ReadableStreamReaderMode.';
const RELEASED =
  'This readable stream reader has been released and cannot be used to read from its previous owner stream';

/** @param {any} parts see main.js */
export function makeStreams({ language }) {
  const { inside } = language.promises; // what a stream waits for is no promise of the program's
  const then = uncurried(Promise.prototype.then); // which a program may replace

  class ReadableStream {
    /** @type {any[]} */ #chunks = [];
    /** @type {{ resolve: any, reject: any }[]} */ #asked = [];
    #state = 'readable';
    #isClosing = false;
    /** @type {any} */ #error;
    /** @type {any} */ #source;
    /** @type {any} */ #reader;
    #isPulling = false;
    #isStarted = false;
    #controller;

    constructor(source = /** @type {any} */ ({})) {
      this.#source = source;
      if (source.type !== undefined) {
        const wrong = source.type === 'bytes' ? 'no byte streams in this playground' : 'Invalid type is specified';
        throw new RangeError(`Failed to construct 'ReadableStream': ${wrong}`);
      }
      const stream = this;
      this.#controller = {
        get desiredSize() {
          return stream.#state === 'readable' ? 1 - stream.#chunks.length : null;
        },
        enqueue(/** @type {any} */ chunk) {
          if (stream.#isClosing || stream.#state !== 'readable') {
            throw new TypeError('Invalid state: Controller is already closed');
          }
          const next = list.splice(stream.#asked, 0, 1)[0];
          if (next) next.resolve({ done: false, value: chunk });
          else list.push(stream.#chunks, chunk);
          stream.#pull();
        },
        close() {
          stream.#isClosing = true;
          if (stream.#chunks.length === 0) stream.#close();
        },
        error(/** @type {any} */ error) {
          if (stream.#state !== 'readable') return;
          stream.#state = 'errored';
          stream.#error = error;
          stream.#chunks = [];
          const asked = list.splice(stream.#asked, 0);
          for (let i = 0; i < asked.length; i++) asked[i].reject(error);
        },
      };
      this.#wait(source.start?.(this.#controller), () => (this.#isStarted = true));
    }

    #close() {
      this.#state = 'closed';
      const asked = list.splice(this.#asked, 0);
      for (let i = 0; i < asked.length; i++) asked[i].resolve({ done: true, value: undefined });
    }

    #pull() {
      const isWanted = this.#asked.length > 0 || this.#chunks.length < 1;
      if (!this.#source.pull || !this.#isStarted || this.#isPulling || !isWanted) return;
      if (this.#isClosing || this.#state !== 'readable') return;
      this.#isPulling = true;
      this.#wait(this.#source.pull(this.#controller), () => (this.#isPulling = false));
    }

    /** For what the source returned; then there may be more to pull. @param {any} returned @param {() => void} over */
    #wait(returned, over) {
      const next = () => {
        over();
        this.#pull();
      };
      inside(() => then(Promise.resolve(returned), next, (/** @type {any} */ error) => this.#controller.error(error)));
    }

    #read() {
      if (this.#state === 'errored') return Promise.reject(this.#error);
      if (this.#chunks.length > 0) {
        const value = list.splice(this.#chunks, 0, 1)[0];
        if (this.#isClosing && this.#chunks.length === 0) this.#close();
        else this.#pull();
        return Promise.resolve({ done: false, value });
      }
      if (this.#state === 'closed') return Promise.resolve({ done: true, value: undefined });
      return new Promise((resolve, reject) => {
        list.push(this.#asked, { resolve, reject });
        this.#pull();
      });
    }

    get locked() {
      return this.#reader !== undefined;
    }

    cancel(/** @type {any} */ reason) {
      this.#chunks = [];
      this.#close();
      return then(Promise.resolve(this.#source.cancel?.(reason)), () => undefined);
    }

    getReader(/** @type {any} */ options = undefined) {
      const mode = options?.mode;
      if (mode !== undefined) {
        const isOfBytes = mode === 'byob';
        const wrong = isOfBytes ? 'Cannot use a BYOB reader with a non-byte stream' : NO_MODE.replace('{}', mode);
        throw new TypeError(GET_READER + wrong);
      }
      if (this.#reader) throw new TypeError(LOCKED);
      let isOwner = true;
      this.#reader = {
        read: () => (isOwner ? this.#read() : Promise.reject(new TypeError(RELEASED))),
        cancel: (/** @type {any} */ reason) => this.cancel(reason),
        releaseLock: () => {
          if (isOwner) this.#reader = undefined;
          isOwner = false;
        },
      };
      return this.#reader;
    }

    /** One question after another; what comes of each passes through a reaction of its own, and the end gives the lock
     * back (Web IDL 3.7.10.2, Streams 4.2.5). */
    values({ preventCancel = false } = {}) {
      const reader = this.getReader();
      let isFinished = false;
      /** @type {Promise<any> | undefined} */ let ongoing;
      const end = () => {
        ongoing = undefined;
        isFinished = true;
        reader.releaseLock();
      };
      const ask = () => {
        if (isFinished) return Promise.resolve({ done: true, value: undefined });
        return then(
          reader.read(),
          (/** @type {any} */ result) => {
            ongoing = undefined;
            if (result.done) end();
            return result;
          },
          (/** @type {any} */ error) => {
            end();
            throw error;
          },
        );
      };
      const close = (/** @type {any} */ value) => {
        const result = { done: true, value };
        if (isFinished) return Promise.resolve(result);
        const closed = preventCancel ? Promise.resolve() : reader.cancel(value);
        end();
        return then(closed, () => result);
      };
      const after = (/** @type {() => Promise<any>} */ next) =>
        (ongoing = ongoing ? then(ongoing, next, next) : next());
      return {
        next: () => after(ask),
        return: (/** @type {any} */ value) => after(() => close(value)),
        [Symbol.asyncIterator]() {
          return this;
        },
      };
    }

    [Symbol.asyncIterator]() {
      return this.values();
    }
  }
  return { ReadableStream };
}
