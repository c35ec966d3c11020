// What is not a function in then is left out: the value or the reason goes on, a microtask a step.
// Source: ECMAScript 27.2.2.1 NewPromiseReactionJob, step 1.d and 1.e
Promise.resolve('value')
  .then(null, undefined)
  .then('not a function')
  .then((value) => console.log(value));
Promise.reject(new Error('reason'))
  .then((value) => value)
  .then(null)
  .catch((error) => console.log(error.message));
Promise.resolve()
  .then(() => console.log(1))
  .then(() => console.log(2))
  .then(() => console.log(3));
