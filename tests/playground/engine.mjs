// What this engine does that others do in another way.

/** Whether this engine closes an iterator that is not async when a value of it is rejected: see async-from-sync.js. */
export const closesSync = await (async () => {
  let closed = false;
  const iterator = { next: () => ({ value: Promise.reject() }), return: () => (closed = true) };
  const nothing = async () => {
    for await (const value of { [Symbol.iterator]: () => iterator });
  };
  await nothing().catch(() => {});
  return closed;
})();

/** Whether `yield*` hands on what the other generator yielded, as ECMAScript has it. V8 awaited it up to version 10. */
export const handsOn = await (async () => {
  const value = Promise.resolve();
  const iterator = { next: () => ({ value, done: false }) };
  const generator = (async function* () {
    yield* { [Symbol.asyncIterator]: () => iterator };
  })();
  return (await generator.next()).value === value;
})();
