// With a listener of unhandledRejection the process goes on; it gets the reason and the promise.
// Source: Node.js, Process: 'unhandledRejection'
process.on('unhandledRejection', (reason, promise) => {
  console.log('unhandled', reason.message, promise === failed);
});
const failed = Promise.reject(new Error('late'));
setTimeout(() => console.log('timer'), 10);
process.nextTick(() => console.log('tick'));
queueMicrotask(() => console.log('microtask'));
