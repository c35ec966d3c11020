// An error event in a task that nobody listens to ends the process.
// Source: Node.js, Events: error events; Process: 'uncaughtException'
const EventEmitter = require('node:events');
const emitter = new EventEmitter();
setTimeout(() => {
  console.log('emits');
  emitter.emit('error', new Error('no listener'));
  console.log('never');
}, 1);
setTimeout(() => console.log('never'), 60);
