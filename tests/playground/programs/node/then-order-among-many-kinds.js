// The puzzle that interviews ask: script, ticks, microtasks, timer, and an immediate inside of I/O.
// Source: Node.js, The Node.js Event Loop; Process: process.nextTick()
console.log('1 script');
setTimeout(() => {
  console.log('6 timer');
  Promise.resolve().then(() => console.log('8 microtask of the timer'));
  process.nextTick(() => console.log('7 tick of the timer'));
}, 0);
Promise.resolve()
  .then(() => console.log('4 microtask'))
  .then(() => console.log('5 next microtask'));
process.nextTick(() => console.log('3 tick'));
console.log('2 script end');
