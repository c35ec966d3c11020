// A call without what it needs throws, and says what.
// Source: Node.js, lib/internal/errors.js ERR_MISSING_ARGS, ERR_INVALID_ARG_TYPE, ERR_FALSY_VALUE_REJECTION
const { callbackify } = require('util');
const fs = require('fs');
const assert = require('assert');
const wrong = [
  () => structuredClone(),
  () => new Event(),
  () => new CustomEvent(),
  () => new EventTarget().addEventListener('x'),
  () => new EventTarget().dispatchEvent({}),
  () => new AbortSignal(),
  () => fs.readFile('/none'),
  () => assert(false, 'said'),
];
for (const work of wrong) {
  try {
    work();
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
callbackify(() => Promise.reject(null))((error) => console.log(error.message, error.code, error.reason));
console.assert(false, { a: 1 });
