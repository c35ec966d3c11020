// Who is added or removed during an emit does not change that emit.
// Source: Node.js, Events: emitter.removeListener(): it does not remove from an emit in progress
const EventEmitter = require('node:events');
const emitter = new EventEmitter();
const second = () => console.log('second');
emitter.on('go', () => {
  console.log('first');
  emitter.removeListener('go', second);
  emitter.on('go', () => console.log('added'));
});
emitter.on('go', second);
emitter.emit('go');
console.log('again');
emitter.emit('go');
