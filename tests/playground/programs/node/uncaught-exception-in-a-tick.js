// After an error in a tick that a listener took the other ticks and the microtasks run.
// Source: Node.js, Process: 'uncaughtException'
process.on('uncaughtException', (error) => console.log('uncaught', error.message));
process.nextTick(() => {
  throw new Error('tick 1');
});
process.nextTick(() => console.log('tick 2'));
Promise.resolve().then(() => console.log('microtask'));
