// A rejection that a module awaits at the top level ends the process with 1.
// Source: ECMAScript, AsyncModuleExecutionRejected; Node.js, Process: exit codes
process.on('exit', (code) => console.log('exit', code));
console.log('before');
await Promise.reject(new Error('at the top level'));
console.log('never');
