// Ticks within microtasks within ticks.
// Source: Node.js, lib/internal/process/task_queues.js, processTicksAndRejections
process.nextTick(() => {
  console.log('tick 1');
  Promise.resolve().then(() => {
    console.log('microtask of tick 1');
    process.nextTick(() => console.log('tick of the microtask'));
  });
});
Promise.resolve().then(() => {
  console.log('microtask 1');
  process.nextTick(() => console.log('tick of microtask 1'));
  Promise.resolve().then(() => console.log('microtask of microtask 1'));
});
process.nextTick(() => console.log('tick 2'));
