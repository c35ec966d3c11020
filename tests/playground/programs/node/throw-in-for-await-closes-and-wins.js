// A throw in the body closes the iterator; what its return throws is dropped for the body's error.
// Source: ECMAScript, AsyncIteratorClose, step 5
const iterable = {
  [Symbol.asyncIterator]: () => ({
    next: async () => ({ value: 1, done: false }),
    return: async () => {
      console.log('return is called');
      throw new Error('from return');
    },
  }),
};
(async () => {
  try {
    for await (const value of iterable) throw new Error(`from the body ${value}`);
  } catch (error) {
    console.log(error.message);
  }
  try {
    for await (const value of iterable) break;
  } catch (error) {
    console.log(error.message);
  }
})();
