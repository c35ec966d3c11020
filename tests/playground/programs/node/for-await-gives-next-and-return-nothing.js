// A for await calls next and return without arguments, also of an iterator that is not async.
// Source: ECMAScript 27.1.6.2.1 %AsyncFromSyncIteratorPrototype%.next, "if value is present"
const iterator = {
  next: (...given) => (console.log('next', given), { value: 1, done: false }),
  return: (...given) => (console.log('return', given), { value: 2, done: true }),
};
const iterable = { [Symbol.iterator]: () => iterator };

(async () => {
  for await (const value of iterable) {
    console.log(value);
    break;
  }
  const generator = (async function* () {
    yield* iterable;
  })();
  await generator.next('first');
  await generator.next('second');
  await generator.return('last');
})();
