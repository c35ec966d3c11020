// With a listener of uncaughtException the process goes on: the next task comes.
// Source: Node.js, Process: 'uncaughtException'
process.on('uncaughtException', (error, origin) => console.log(origin, error.message));
setTimeout(() => {
  throw new Error('first');
}, 1);
setTimeout(() => console.log('still here'), 40);
queueMicrotask(() => console.log('the microtasks of the script run too'));
throw new Error('in the script');
