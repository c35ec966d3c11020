// @ts-check
// The words of a trace: where control is, in one 32-bit number. The place in the low bits, the depth of the call stack
// in those above. A stack deeper than 4095 starts again from 0: the machine's own ends long before.

export const PLACE_BITS = 20;
/** What a frame adds. */
export const FRAME = 1 << PLACE_BITS;

/** @param {number} word */
export const placeOf = (word) => word & (FRAME - 1);

/** @param {number} word */
export const depthOf = (word) => word >>> PLACE_BITS;
