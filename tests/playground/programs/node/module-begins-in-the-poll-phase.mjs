// A module runs in the poll phase, so its immediates go before timers that are due.
// Source: Node.js, Process: 'uncaughtException'; lib/internal/modules/run_main.js: runEntryPointWithESMLoader
setTimeout(() => console.log('timer'), 1);
setImmediate(() => console.log('immediate'));
const until = performance.now() + 5;
while (performance.now() < until);
