// When nothing is left and the module still awaits, the process ends with 13.
// Source: Node.js, Process: exit codes, 13 Unsettled Top-Level Await
process.on('exit', (code) => console.log('exit', code, process.exitCode));
setTimeout(() => console.log('timer'), 5);
console.log('waits');
await new Promise(() => {});
console.log('never');
