// If the last immediate throws, those that were queued since run in the same phase, before timers that are due.
// Source: Node.js, Process: 'uncaughtException'; src/env.cc: CheckImmediate; lib/internal/timers.js: processImmediate
process.on('uncaughtException', (error) => console.log('caught', error));
process.on('unhandledRejection', (reason) => console.log('unhandled', reason));
const queue = (name) => {
  process.nextTick(() => console.log('tick of', name));
  queueMicrotask(() => console.log('microtask of', name));
  Promise.reject(name);
};
setImmediate(() => {
  setTimeout(() => console.log('timer'), 1);
  queue('immediate');
  setImmediate(() => console.log('new immediate'));
  const until = performance.now() + 5;
  while (performance.now() < until);
  throw 1;
});
