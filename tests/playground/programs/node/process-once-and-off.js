// process is an EventEmitter: once and off work as for any other.
// Source: Node.js, Process: class EventEmitter
const never = () => console.log('never');
process.on('exit', never);
process.off('exit', never);
process.once('beforeExit', () => {
  console.log('once');
  setTimeout(() => console.log('more'), 1);
});
console.log(process.listenerCount('beforeExit'), process.listenerCount('exit'));
process.emit('custom');
process.on('custom', (a) => console.log('custom', a));
console.log(process.emit('custom', 1));
