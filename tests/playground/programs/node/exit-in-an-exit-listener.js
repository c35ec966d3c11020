// process.exit in an exit listener gives another status; the listeners are not called again.
// Source: Node.js, lib/internal/process/per_thread.js: exit
process.on('exit', (status) => {
  console.log('exit', status);
  process.exit(3);
});
process.on('exit', () => console.log('is not called any more'));
console.log('first');
