// @ts-check
/**
 * What a WebAssembly.Memory has in it, to be put back as it was, byte by byte:
 *
 *     const snapshot = new Snapshot(memory)
 *     snapshot.restore()
 *
 * A memory that has grown since stays as large as it is (it cannot shrink), and is zero where it was not yet. The rest
 * of an instance's state is not in here: the stack pointer is where it was whenever a call has come back to its caller.
 */

const PAGE_BYTES = 2 ** 16; // WebAssembly's own; most pages have nothing in them

/** @param {Int32Array} words */
function isZero(words) {
  for (let i = 0; i < words.length; i++) if (words[i] !== 0) return false;
  return true;
}

export class Snapshot {
  #memory;
  /** By where they begin, the pages that have something in them. @type {Map<number, Uint8Array>} */ #pages = new Map();

  /** @param {WebAssembly.Memory} memory */
  constructor(memory) {
    this.#memory = memory;
    for (let at = 0; at < memory.buffer.byteLength; at += PAGE_BYTES) {
      if (isZero(new Int32Array(memory.buffer, at, PAGE_BYTES / 4))) continue;
      this.#pages.set(at, new Uint8Array(memory.buffer, at, PAGE_BYTES).slice());
    }
  }

  restore() {
    const bytes = new Uint8Array(this.#memory.buffer);
    bytes.fill(0);
    for (const [at, page] of this.#pages) bytes.set(page, at);
  }
}
