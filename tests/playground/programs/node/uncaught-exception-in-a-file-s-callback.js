// A callback of fs that throws has its ticks as the check phase begins, before the immediates.
// Source: Node.js, Process: 'uncaughtException'; src/env.cc: RunAndClearNativeImmediates
process.on('uncaughtException', (error) => console.log('caught', error));
process.on('unhandledRejection', (reason) => console.log('unhandled', reason));
const queue = (name) => {
  process.nextTick(() => console.log('tick of', name));
  queueMicrotask(() => console.log('microtask of', name));
  Promise.reject(name);
};
require('node:fs').stat('.', () => {
  setImmediate(() => console.log('immediate'));
  queue('file');
  throw 1;
});
