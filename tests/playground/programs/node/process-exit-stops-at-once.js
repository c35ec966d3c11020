// process.exit() ends the process at once, with exit listeners and without anything that is queued.
// Source: Node.js, Process: process.exit([code])
process.on('exit', (code) => console.log('exit', code));
process.on('beforeExit', () => console.log('no beforeExit'));
Promise.resolve().then(() => console.log('never'));
setTimeout(() => console.log('never'), 0);
console.log('before');
process.exit(3);
console.log('never');
