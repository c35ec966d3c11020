// process.nextTick hands its further arguments on; a tick must be a function.
// Source: Node.js, Process: process.nextTick(callback[, ...args])
process.nextTick((a, b) => console.log(a + b), 1, 2);
process.nextTick(console.log, 'straight', 'to the console');
try {
  process.nextTick('text');
} catch (error) {
  console.log(error.name, error.code);
}
