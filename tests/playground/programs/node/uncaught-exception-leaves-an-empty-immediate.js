// After an error Node queues an empty immediate, which has its place: ticks come behind it.
// Source: Node.js, Process: 'uncaughtException'; lib/internal/process/execution.js: createOnGlobalUncaughtException
process.on('uncaughtException', (error) => console.log('caught', error));
process.on('unhandledRejection', (reason) => console.log('unhandled', reason));
const queue = (name) => {
  process.nextTick(() => console.log('tick of', name));
  queueMicrotask(() => console.log('microtask of', name));
  Promise.reject(name);
};
setImmediate(() => {
  queue('first immediate');
  throw 2;
});
queueMicrotask(() => {
  throw 1;
});
queueMicrotask(() => setImmediate(() => console.log('the last immediate')));
