// Where a tick threw after the last timer the other ticks come as the check phase begins, before the immediates.
// Source: Node.js, Process: 'uncaughtException'; src/env.cc: RunAndClearNativeImmediates
process.on('uncaughtException', (error) => console.log('caught', error));
process.on('unhandledRejection', (reason) => console.log('unhandled', reason));
const queue = (name) => {
  process.nextTick(() => console.log('tick of', name));
  queueMicrotask(() => console.log('microtask of', name));
  Promise.reject(name);
};
setTimeout(() => {
  setImmediate(() => console.log('immediate'));
  process.nextTick(() => {
    throw 1;
  });
  queue('timer');
}, 1);
