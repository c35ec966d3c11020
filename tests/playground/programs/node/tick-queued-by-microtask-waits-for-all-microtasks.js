// Once microtasks run they run until none is left; a tick that one of them queued comes after.
// Source: Node.js, lib/internal/process/task_queues.js, processTicksAndRejections
Promise.resolve().then(() => {
  console.log('microtask 1');
  process.nextTick(() => console.log('tick'));
  queueMicrotask(() => console.log('microtask 3'));
});
Promise.resolve().then(() => console.log('microtask 2'));
