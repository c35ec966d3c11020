// for await takes Symbol.asyncIterator when it is there, else Symbol.iterator.
// Source: ECMAScript 7.4.3 GetIterator, step 1
const both = {
  async *[Symbol.asyncIterator]() {
    yield 'async';
  },
  *[Symbol.iterator]() {
    yield 'sync';
  },
};
(async () => {
  for await (const value of both) console.log(value);
  for (const value of both) console.log(value);
  for await (const value of { [Symbol.iterator]: both[Symbol.iterator] }) console.log(value);
  for await (const value of 5) console.log(value);
})().catch((error) => console.log(error.name));
