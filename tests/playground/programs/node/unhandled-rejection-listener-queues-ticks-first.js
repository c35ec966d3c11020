// After a listener of rejections ticks go before microtasks, though microtasks came before it.
// Source: Node.js, Process: 'uncaughtException'; lib/internal/process/task_queues.js: processTicksAndRejections
process.on('unhandledRejection', () => {
  queueMicrotask(() => console.log('microtask'));
  process.nextTick(() => console.log('tick'));
});
Promise.resolve().then(() => Promise.reject(1));
