// process.exitCode is what the process ends with when it ends by itself.
// Source: Node.js, Process: process.exitCode
process.exitCode = 4;
process.on('exit', (code) => {
  console.log('exit', code);
  process.exitCode = 5;
});
setTimeout(() => console.log('still runs'), 5);
