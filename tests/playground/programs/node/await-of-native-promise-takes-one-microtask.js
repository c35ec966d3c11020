// To await a promise of the language's own that is settled costs one microtask: it is not wrapped again.
// Source: ECMAScript 27.2.4.7.1 PromiseResolve, step 1
const settled = Promise.resolve('value');
(async () => {
  console.log('awaited', await settled);
})();
Promise.resolve()
  .then(() => console.log('1'))
  .then(() => console.log('2'));
