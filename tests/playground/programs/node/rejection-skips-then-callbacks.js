// A rejection skips every then(f) up to the next handler, and each step costs a microtask.
// Source: ECMAScript 27.2.2.1 NewPromiseReactionJob, step 1.e
Promise.reject(new Error('x'))
  .then(() => console.log('skipped'))
  .then(() => console.log('skipped'))
  .catch(() => console.log('caught'));
Promise.resolve()
  .then(() => console.log(1))
  .then(() => console.log(2))
  .then(() => console.log(3));
