// @ts-check
/** All that changes lesson 5 by hand, as one part. */
export { holdBells as hold } from './bell-hold.js';
export { ChangeByHand } from './change-by-hand.js';
export { RingNow } from './ring-now.js';
