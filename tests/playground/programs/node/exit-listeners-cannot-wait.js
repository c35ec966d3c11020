// In exit listeners only what is synchronous counts: timers, ticks and immediates that they queue never run.
// Source: Node.js, Process: 'exit'
process.on('exit', () => {
  console.log('exit 1');
  setTimeout(() => console.log('never'), 0);
  setImmediate(() => console.log('never'));
  process.nextTick(() => console.log('never'));
});
process.on('exit', () => console.log('exit 2'));
