// Async generators make a pipeline: each value goes through all stages before the next is asked for.
// Source: ECMAScript 27.6 AsyncGenerator Objects
async function* source() {
  for (const n of [1, 2, 3]) {
    console.log('makes', n);
    yield n;
  }
}
async function* double(numbers) {
  for await (const n of numbers) {
    console.log('doubles', n);
    yield n * 2;
  }
}
(async () => {
  for await (const n of double(source())) console.log('takes', n);
})();
