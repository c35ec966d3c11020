// @ts-check
/**
 * Math.random, of numbers that are the same in every run: what a program did can be seen again, and shared. They are
 * xorshift32's (George Marsaglia, "Xorshift RNGs", 2003), two of them for the 53 bits of a number.
 */

const SEED = 0x9e3779b9;

/** @param {{ random: () => number }} math the program's */
export function installRandom(math) {
  let state = SEED;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const random = () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;
  Object.defineProperty(math, 'random', { value: random, writable: true, configurable: true });
}
