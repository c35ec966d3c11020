// All callbacks of one promise run in the order in which then was called.
// Source: ECMAScript 27.2.1.8 TriggerPromiseReactions
let resolve;
const promise = new Promise((r) => (resolve = r));
promise.then(() => console.log('first'));
promise.finally(() => console.log('second'));
promise.then(() => console.log('third'));
resolve();
promise.then(() => console.log('fourth'));
console.log('script end');
