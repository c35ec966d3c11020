// @ts-check
// What the VM tells the host of promises: words that both know.

/** What happened: see promise.js. */
export const TELL = { MADE: 0, FULFILLED: 1, REJECTED: 2, LOCKED: 3, REACTED: 4 };
/** The same in words. */
export const TOLD = ['made', 'fulfilled', 'rejected', 'locked', 'reacted'];

/** Who made a promise: a call of the program's, whose value it is; the language, for its own use; an async function. */
export const MADE = { BY_CALL: 0, INSIDE: 1, BY_ASYNC: 2 };

/** What a job is called, by what it does. */
export const JOBS = {
  handler: 'then callback',
  finally: 'finally callback',
  pass: 'then job',
  then: 'then call',
  follow: 'follow job',
  restore: 'finally job',
  combine: 'combinator job',
  await: 'await',
  unwrap: 'await of an iterator',
};
