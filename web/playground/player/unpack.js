// @ts-check
// What the build packed by LZMA, unpacked: see core/unpack/lzma.h.

const PAGE = 65536;

/** @param {WebAssembly.Module} unpacker core/wasm/unpack.c @param {Uint8Array} packed
 * @returns {Uint8Array<ArrayBuffer>} */
export function unpack(unpacker, packed) {
  const { exports } = new WebAssembly.Instance(unpacker);
  const { memory, begin, size, unpack } = /** @type {any} */ (exports);
  const from = begin();
  const to = from + packed.length;
  const reach = (/** @type {number} */ end) => {
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  };
  reach(to);
  new Uint8Array(memory.buffer).set(packed, from);
  const length = size(from);
  reach(to + length);
  unpack(from, to);
  return new Uint8Array(memory.buffer).slice(to, to + length);
}
