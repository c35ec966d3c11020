// The process ends when nothing is left to do; a promise that is never settled does not hold it.
// Source: Node.js, Process: 'exit'
process.on('exit', (code) => console.log('exit', code));
(async () => {
  console.log('waits');
  await new Promise(() => {});
  console.log('never');
})();
setTimeout(() => console.log('last timer'), 5);
