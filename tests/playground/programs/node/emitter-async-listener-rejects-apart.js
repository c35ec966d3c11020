// emit does not wait for an async listener; what it throws is an unhandled rejection.
// Source: Node.js, Events: capture rejections of promises
const EventEmitter = require('node:events');
process.on('unhandledRejection', (reason) => console.log('unhandled', reason.message));
const emitter = new EventEmitter();
emitter.on('go', async () => {
  console.log('listener');
  await null;
  throw new Error('too late for emit');
});
emitter.emit('go');
console.log('after emit');
