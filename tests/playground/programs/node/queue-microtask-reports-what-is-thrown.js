// What a microtask of queueMicrotask throws is an uncaught error: no promise takes it.
// Source: HTML, queueMicrotask(callback): report the exception; Node.js, Globals
process.on('uncaughtException', (error) => console.log('uncaught', error.message));
queueMicrotask(() => {
  throw new Error('from a microtask');
});
queueMicrotask(() => console.log('the next one still runs'));
setTimeout(() => console.log('timer'), 1);
