// When next itself fails for await does not call return.
// Source: ECMAScript 14.7.5.7 ForIn/OfBodyEvaluation, step 6.a to 6.c
const iterable = {
  [Symbol.asyncIterator]: () => ({
    next: async () => {
      throw new Error('from next');
    },
    return: () => console.log('not called'),
  }),
};
(async () => {
  for await (const value of iterable) console.log(value);
})().catch((error) => console.log(error.message));
