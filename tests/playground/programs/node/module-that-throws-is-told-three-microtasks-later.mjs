// What a module throws Node hears of three microtasks later, and before ticks.
// Source: Node.js, Process: 'uncaughtException'; lib/internal/modules/run_main.js: runEntryPointWithESMLoader
process.on('uncaughtException', (error, origin) => console.log(origin, error.message));
let n = 0;
const next = () => {
  console.log('microtask', ++n);
  if (n < 6) queueMicrotask(next);
};
queueMicrotask(next);
process.nextTick(() => console.log('tick'));
throw new Error('from the module');
