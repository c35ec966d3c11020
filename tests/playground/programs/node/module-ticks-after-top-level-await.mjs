// After a top-level await that a microtask ended, ticks still wait for the microtasks.
// Source: Node.js, lib/internal/process/task_queues.js: the module goes on within the microtask queue
process.nextTick(() => console.log('tick 1'));
await null;
console.log('after await');
process.nextTick(() => console.log('tick 2'));
queueMicrotask(() => console.log('microtask'));
