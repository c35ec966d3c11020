// A warning is told in a tick, also one of the console's or of a timer's: listeners hear of it then.
// Source: Node.js lib/internal/process/warning.js
process.on('warning', ({ name, message, code }) => console.log(name, message, code));
process.nextTick(() => console.log('tick'));
console.timeEnd('nothing');
console.countReset('nothing');
setTimeout(() => console.log('timer'), 2 ** 40);
process.emitWarning('own', 'OwnWarning', 'OWN1');
Promise.resolve().then(() => console.log('microtask'));
console.log('script end');
