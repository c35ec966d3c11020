// A round of for await over a plain list costs more microtasks than an await: the iterator waits for the value itself.
// Source: ECMAScript 27.1.4.4 AsyncFromSyncIteratorContinuation
(async () => {
  for await (const value of ['a', 'b']) console.log('for await', value);
})();
(async () => {
  for (const value of ['a', 'b']) console.log('await', await value);
})();
Promise.resolve()
  .then(() => console.log(1))
  .then(() => console.log(2))
  .then(() => console.log(3))
  .then(() => console.log(4))
  .then(() => console.log(5));
