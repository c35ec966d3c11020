// After an error in an immediate that a listener took the other immediates run.
// Source: Node.js, Process: 'uncaughtException'
process.on('uncaughtException', (error) => console.log('uncaught', error.message));
setImmediate(() => {
  process.nextTick(() => console.log('tick of 1'));
  throw new Error('immediate 1');
});
setImmediate(() => console.log('immediate 2'));
