// An error that nobody catches ends the process with 1; what is queued does not run.
// Source: Node.js, Process: exit codes, 1 Uncaught Fatal Exception
process.on('exit', (code) => console.log('exit', code));
Promise.resolve().then(() => console.log('never'));
setTimeout(() => console.log('never'), 0);
console.log('before');
throw new TypeError('nobody catches it');
