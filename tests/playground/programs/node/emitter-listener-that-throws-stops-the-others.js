// A throw in a listener comes out of emit, and the listeners after it are not called.
// Source: Node.js, Events: emitter.emit()
const EventEmitter = require('node:events');
const emitter = new EventEmitter();
emitter.on('go', () => console.log('first'));
emitter.on('go', () => {
  throw new Error('second throws');
});
emitter.on('go', () => console.log('never'));
try {
  emitter.emit('go');
} catch (error) {
  console.log(error.message);
}
