// A thenable that resolves with a thenable is followed to the end.
// Source: ECMAScript 27.2.1.3.2 Promise Resolve Functions
const onion = (depth) => ({
  then(resolve) {
    console.log('depth', depth);
    resolve(depth === 0 ? 'core' : onion(depth - 1));
  },
});
(async () => console.log(await onion(2)))();
Promise.resolve()
  .then(() => console.log(1))
  .then(() => console.log(2));
