// Any object with Symbol.asyncIterator can be read by for await.
// Source: ECMAScript 7.4.3 GetIterator with kind async; 27.1.1.4 The AsyncIterator Interface
const countdown = (from) => ({
  [Symbol.asyncIterator]() {
    let n = from;
    return {
      next: () => new Promise((resolve) => setTimeout(() => resolve({ value: n, done: n-- === 0 }), 3)),
    };
  },
});
(async () => {
  for await (const n of countdown(3)) console.log(n);
  console.log('go');
})();
