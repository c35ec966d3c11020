// return on a generator in yield* goes to the inner one first.
// Source: ECMAScript 15.5.5 YieldExpression: yield*, received return completion
async function* inner() {
  try {
    yield 1;
    yield 2;
  } finally {
    console.log('inner finally');
  }
}
async function* outer() {
  try {
    yield* inner();
  } finally {
    console.log('outer finally');
  }
}
(async () => {
  for await (const value of outer()) {
    console.log(value);
    break;
  }
})();
