// Endless recursion throws a RangeError, which can be caught; async code goes on after it.
// Source: ECMAScript 9.4 Execution Contexts; the depth is the engine's own
const recurse = (n) => recurse(n + 1) + 1;
try {
  recurse(0);
} catch (error) {
  console.log(error instanceof RangeError, error.name);
}
(async function again() {
  await again.later;
  console.log('still alive');
})();
