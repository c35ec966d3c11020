// yield* hands on what another async generator yields, and has its return value.
// Source: ECMAScript 15.5.5 YieldExpression: yield*; AsyncGeneratorYield
async function* inner() {
  yield 'a';
  yield 'b';
  return 'the result';
}
async function* outer() {
  console.log(yield* inner());
  yield* [Promise.resolve('c'), 'd'];
}
(async () => {
  for await (const value of outer()) console.log(value);
})();
