// A rejected promise that a plain generator yields ends for await; in Node 22 and before the generator is not closed.
// Source: ECMAScript 2023, 27.1.4.4 AsyncFromSyncIteratorContinuation
function* promises() {
  try {
    yield Promise.reject(new Error('in the list'));
    yield 'never';
  } finally {
    console.log('never closed');
  }
}
(async () => {
  for await (const value of promises()) console.log(value);
})().catch((error) => console.log(error.message));
