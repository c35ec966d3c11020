// A handler that a tick or a microtask of the same turn adds is in time.
// Source: Node.js, lib/internal/process/promises.js, processPromiseRejections
process.on('unhandledRejection', () => console.log('not told'));
const one = Promise.reject(new Error('one'));
const two = Promise.reject(new Error('two'));
process.nextTick(() => one.catch(({ message }) => console.log(message)));
queueMicrotask(() => queueMicrotask(() => two.catch(({ message }) => console.log(message))));
