// After process.exit() not even the microtasks of exit listeners run.
// Source: Node.js, Process: process.exit([code])
process.on('exit', () => {
  console.log('exit');
  Promise.resolve().then(() => console.log('never'));
});
setTimeout(() => process.exit(), 1);
