// An error event that nobody listens to is thrown by emit.
// Source: Node.js, Events: error events
const EventEmitter = require('node:events');
const emitter = new EventEmitter();
try {
  emitter.emit('error', new Error('nobody listens'));
} catch (error) {
  console.log('thrown', error.message);
}
emitter.on('error', (error) => console.log('heard', error.message));
emitter.emit('error', new Error('somebody listens'));
