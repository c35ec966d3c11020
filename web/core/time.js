// @ts-check

/**
 * Microseconds as milliseconds for people: at most three decimals, no trailing zeros, no unit.
 * @param {number} us a whole number
 */
export function ms(us) {
  return String(us / 1000);
}
