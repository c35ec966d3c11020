// @ts-check
/**
 * A simulated fetch: the learner says what is at an address, and how long it takes (`options.replies`); everything else
 * is not found, after 10 ms. A reply is a task of networking.
 */
import { ASK } from './kernel.js';

const DELAY_MS = 10;

/** @param {any} parts see main.js @param {any} globals */
export function makeFetch({ kernel, options }, { DOMException, ReadableStream }) {
  class Headers extends Map {
    get(/** @type {string} */ name) {
      return super.get(name.toLowerCase()) ?? null;
    }
  }

  class Response {
    #text;
    bodyUsed = false;
    constructor(text = '', /** @type {any} */ { status = 200, statusText = '', headers = {}, url = '' } = {}) {
      this.#text = `${text ?? ''}`;
      const ok = status >= 200 && status < 300;
      const own = new Headers(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), `${value}`]));
      Object.assign(this, { status, statusText, url, ok, redirected: false, type: 'basic', headers: own });
    }
    text() {
      if (this.bodyUsed) return Promise.reject(new TypeError('body stream already read'));
      this.bodyUsed = true;
      return Promise.resolve(this.#text);
    }
    json() {
      return this.text().then(JSON.parse);
    }
    clone() {
      return new Response(this.#text, this);
    }
    get body() {
      const text = this.#text;
      return new ReadableStream({
        start(/** @type {any} */ controller) {
          if (text !== '') controller.enqueue(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
          controller.close();
        },
      });
    }
  }

  /** @param {any} input @param {any} init */
  function fetch(input, { signal } = /** @type {any} */ ({})) {
    return new Promise((resolve, reject) => {
      const url = `${input?.url ?? input}`;
      if (signal?.aborted) return reject(signal.reason);
      const known = (options.replies ?? {})[url];
      const { delay = DELAY_MS, body = '', status = 200, fails = false, headers = {} } = known ?? { status: 404 };
      const arrive = () => {
        if (fails) return reject(new TypeError('Failed to fetch'));
        const text = typeof body === 'string' ? body : JSON.stringify(body);
        resolve(new Response(text, { status, headers, url, statusText: status === 404 ? 'Not Found' : 'OK' }));
      };
      const event = kernel.ask(ASK.EXPECT, 'socket', arrive, '', `reply from ${url}`, delay * 1000);
      signal?.addEventListener('abort', () => {
        kernel.cancel(event);
        reject(signal.reason ?? new DOMException('This operation was aborted', 'AbortError'));
      });
    });
  }
  return { fetch, Response, Headers };
}
