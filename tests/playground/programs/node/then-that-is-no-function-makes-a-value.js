// An object whose then is not a function is a plain value.
// Source: ECMAScript 27.2.1.3.2 Promise Resolve Functions, step 12
(async () => {
  console.log(await { then: 'a word' });
  console.log(await { then: null, other: 1 });
})();
Promise.resolve()
  .then(() => console.log(1))
  .then(() => console.log(2));
