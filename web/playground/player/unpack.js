// @ts-check
/**
 * unpack(packed) -> what the build packed: LZMA, in the format of `.lzma` files.
 *
 * The engine is half a megabyte. Browsers unpack gzip themselves, but of LZMA 11% less need travel: 25 KB, of which
 * this takes one. The library that packs (lzma1) unpacks too, but would bring 14 KB, with its packing. The names are
 * those of the specification (lzma-specification.txt in the LZMA SDK).
 */

const STATES = 12;
const SLOT_BITS = 6;
const ALIGN_BITS = 4;
const SLOTS_WITH_MODEL = 14; // of distances; above these, bits of even odds come in between

/** Odds of a bit: in 2048ths, that it is 0. @param {number} count */
const odds = (count) => new Uint16Array(count).fill(1024);

/** @param {Uint8Array} packed @returns {Uint8Array<ArrayBuffer>} */
export function unpack(packed) {
  const header = new DataView(packed.buffer, packed.byteOffset);
  const lc = packed[0] % 9;
  const lp = Math.floor(packed[0] / 9) % 5;
  const pb = Math.floor(packed[0] / 45);
  const out = new Uint8Array(header.getUint32(5, true));
  let length = 0;

  // ---- the range decoder

  const RANGE = 0;
  const CODE = 1;
  const coder = Uint32Array.of(0xffffffff, header.getUint32(14)); // variables of so many bits would lie on the heap
  let next = 18;

  function normalize() {
    if (coder[RANGE] >= 2 ** 24) return;
    coder[RANGE] <<= 8;
    coder[CODE] = (coder[CODE] << 8) | packed[next++];
  }

  /** @param {Uint16Array} model @param {number} index */
  function bit(model, index) {
    const odd = model[index];
    const bound = (coder[RANGE] >>> 11) * odd;
    const is1 = coder[CODE] >= bound;
    if (is1) {
      coder[RANGE] -= bound;
      coder[CODE] -= bound;
      model[index] = odd - (odd >> 5);
    } else {
      coder[RANGE] = bound;
      model[index] = odd + ((2048 - odd) >> 5);
    }
    normalize();
    return is1 ? 1 : 0;
  }

  /** A number of so many bits, the highest first. @param {Uint16Array} model @param {number} bits */
  function tree(model, bits, from = 0) {
    let node = 1;
    for (let i = 0; i < bits; i++) node = 2 * node + bit(model, from + node);
    return node - (1 << bits);
  }

  /** The lowest first. @param {Uint16Array} model @param {number} bits */
  function reverseTree(model, bits, from = 0) {
    let node = 1;
    let value = 0;
    for (let i = 0; i < bits; i++) {
      const one = bit(model, from + node);
      node = 2 * node + one;
      value += one << i;
    }
    return value;
  }

  /** @param {number} bits */
  function evenBits(bits) {
    let value = 0;
    for (let i = 0; i < bits; i++) {
      coder[RANGE] >>>= 1;
      const is1 = coder[CODE] >= coder[RANGE];
      if (is1) coder[CODE] -= coder[RANGE];
      normalize();
      value = 2 * value + (is1 ? 1 : 0);
    }
    return value;
  }

  // ---- lengths, distances, literals

  const lengths = () => ({ choices: odds(2), low: odds(16 << 3), middle: odds(16 << 3), high: odds(256) });
  const matchLengths = lengths();
  const repeatLengths = lengths();

  /** @param {ReturnType<typeof lengths>} models @param {number} place */
  function lengthOf({ choices, low, middle, high }, place) {
    if (bit(choices, 0) === 0) return 2 + tree(low, 3, place << 3);
    if (bit(choices, 1) === 0) return 10 + tree(middle, 3, place << 3);
    return 18 + tree(high, 8);
  }

  const slots = odds(4 << SLOT_BITS);
  const near = odds(128);
  const align = odds(1 << ALIGN_BITS);

  /** @param {number} matched how long */
  function distanceOf(matched) {
    const slot = tree(slots, SLOT_BITS, Math.min(matched - 2, 3) << SLOT_BITS);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const base = (2 + (slot & 1)) * 2 ** bits;
    if (slot < SLOTS_WITH_MODEL) return base + reverseTree(near, bits, base - slot);
    return base + evenBits(bits - ALIGN_BITS) * 16 + reverseTree(align, ALIGN_BITS);
  }

  const literals = odds(0x300 << (lc + lp));
  const repeats = [0, 0, 0, 0]; // the newest distances, less 1

  /** @param {boolean} isAfterMatch then it is not what stood after the match's model */
  function literal(isAfterMatch) {
    const before = length > 0 ? out[length - 1] : 0;
    const model = 0x300 * (((length & ((1 << lp) - 1)) << lc) + (before >> (8 - lc)));
    let node = 1;
    if (isAfterMatch) {
      let match = out[length - repeats[0] - 1];
      while (node < 0x100) {
        const expected = (match >> 7) & 1;
        match <<= 1;
        const one = bit(literals, model + ((1 + expected) << 8) + node);
        node = 2 * node + one;
        if (one !== expected) break;
      }
    }
    while (node < 0x100) node = 2 * node + bit(literals, model + node);
    out[length++] = node;
  }

  /** @param {number} distance less 1 @param {number} matched how long */
  function copy(distance, matched) {
    for (let i = 0; i < matched; i++, length++) out[length] = out[length - distance - 1];
  }

  // ---- what comes next

  const isMatch = odds(STATES << 4);
  const isRepeat = odds(STATES);
  const isOlder = [odds(STATES), odds(STATES), odds(STATES)];
  const isLong = odds(STATES << 4);
  let state = 0; // what came before: below 7 a literal was the last

  while (length < out.length) {
    const place = length & ((1 << pb) - 1);
    if (bit(isMatch, (state << 4) + place) === 0) {
      literal(state >= 7);
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
    } else if (bit(isRepeat, state) === 0) {
      const matched = lengthOf(matchLengths, place);
      repeats.pop();
      repeats.unshift(distanceOf(matched));
      copy(repeats[0], matched);
      state = state < 7 ? 7 : 10;
    } else if (bit(isOlder[0], state) === 0) {
      // the newest distance, for one byte or for more
      if (bit(isLong, (state << 4) + place) === 0) {
        copy(repeats[0], 1);
        state = state < 7 ? 9 : 11;
      } else {
        copy(repeats[0], lengthOf(repeatLengths, place));
        state = state < 7 ? 8 : 11;
      }
    } else {
      let older = 1;
      while (older < 3 && bit(isOlder[older], state) === 1) older++;
      repeats.unshift(...repeats.splice(older, 1));
      copy(repeats[0], lengthOf(repeatLengths, place));
      state = state < 7 ? 8 : 11;
    }
  }
  return out;
}
