// Ticks run until none is left, ticks that they queued too; then come the microtasks.
// Source: Node.js, lib/internal/process/task_queues.js, processTicksAndRejections
process.nextTick(() => {
  console.log('tick 1');
  queueMicrotask(() => console.log('microtask'));
  process.nextTick(() => console.log('tick 3'));
});
process.nextTick(() => console.log('tick 2'));
