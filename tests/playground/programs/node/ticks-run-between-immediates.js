// After each immediate come ticks and microtasks, before the next immediate.
// Source: Node.js, The Node.js Event Loop: since Node 11 after every callback
setImmediate(() => {
  console.log('immediate 1');
  Promise.resolve().then(() => console.log('microtask'));
  process.nextTick(() => console.log('tick'));
});
setImmediate(() => console.log('immediate 2'));
