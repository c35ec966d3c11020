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
