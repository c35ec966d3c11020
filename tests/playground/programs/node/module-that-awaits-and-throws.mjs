// A module that awaits and throws is heard of a microtask later than others, and its ticks never come.
// Source: Node.js, Process: 'uncaughtException'; lib/internal/modules/run_main.js; ECMAScript 16.2.1.5.3.3
let n = 0;
const next = () => {
  console.log('microtask', ++n);
  if (n < 8) queueMicrotask(next);
};
process.nextTick(() => console.log('never'));
process.on('unhandledRejection', () => console.log('never'));
process.on('exit', (code) => console.log('exit', code));
await null;
queueMicrotask(next);
throw new Error('from the module');
