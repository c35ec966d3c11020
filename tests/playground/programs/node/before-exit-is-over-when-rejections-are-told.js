// What a listener of beforeExit rejects is told before the process exits, and beforeExit is not told again for it.
// Source: Node.js, Process: 'beforeExit', 'unhandledRejection'
process.on('unhandledRejection', (reason) => {
  console.log('unhandled', reason);
  process.nextTick(() => console.log('tick'));
});
process.on('beforeExit', () => {
  console.log('beforeExit');
  Promise.reject(1);
});
process.on('exit', () => console.log('exit'));
