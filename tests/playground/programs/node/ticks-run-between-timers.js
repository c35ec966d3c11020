// After each timer come ticks and microtasks, before the next timer of the same time.
// Source: Node.js, The Node.js Event Loop: since Node 11 after every callback
setTimeout(() => {
  console.log('timer 1');
  process.nextTick(() => console.log('tick'));
  Promise.resolve().then(() => console.log('microtask'));
}, 5);
setTimeout(() => console.log('timer 2'), 5);
