// Two events in one turn: who awaits them one after another with once misses the second.
// Source: Node.js, Events: awaiting multiple events emitted on process.nextTick()
const { EventEmitter, once } = require('node:events');
const emitter = new EventEmitter();
(async () => {
  await once(emitter, 'a');
  console.log('a');
  await once(emitter, 'b');
  console.log('never');
})();
process.nextTick(() => {
  emitter.emit('a');
  emitter.emit('b');
});
process.on('exit', () => console.log('exit', emitter.listenerCount('b')));
