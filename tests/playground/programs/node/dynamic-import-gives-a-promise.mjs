// import() gives a promise of a module's exports.
// Source: ECMAScript 13.3.10 Import Calls
const promise = import('node:events');
console.log(promise instanceof Promise);
const events = await promise;
console.log(typeof events.EventEmitter, events.default === events.EventEmitter);
