// yield in an async generator awaits its value; a rejected one is thrown at the yield.
// Source: ECMAScript 27.6.3 AsyncGeneratorYield; 15.5 YieldExpression
async function* give() {
  yield Promise.resolve('from a promise');
  try {
    yield Promise.reject(new Error('rejected'));
  } catch (error) {
    yield `caught ${error.message}`;
  }
}
(async () => {
  for await (const value of give()) console.log(value);
})();
