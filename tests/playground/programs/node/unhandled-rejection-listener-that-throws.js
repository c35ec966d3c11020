// Where a listener of rejections throws the others are not told, and the ticks wait for the next callback.
// Source: Node.js, Process: 'uncaughtException'; lib/internal/process/promises.js: processPromiseRejections
process.on('uncaughtException', (error) => console.log('caught', error));
process.on('unhandledRejection', (reason) => {
  console.log('unhandled', reason);
  process.nextTick(() => console.log('tick'));
  if (reason === 1) throw 'from the listener';
});
setImmediate(() => {
  Promise.reject(1);
  Promise.reject(2);
});
setImmediate(() => console.log('second immediate'));
