// What comes after finally is two microtasks later than after then: it waits for what its function returned.
// Source: ECMAScript 27.2.5.3.1 Then Finally Functions: PromiseResolve, then a function that returns the value
Promise.resolve()
  .finally(() => console.log('finally'))
  .then(() => console.log('after finally'));
Promise.resolve()
  .then(() => console.log(1))
  .then(() => console.log(2))
  .then(() => console.log(3))
  .then(() => console.log(4))
  .then(() => console.log(5));
