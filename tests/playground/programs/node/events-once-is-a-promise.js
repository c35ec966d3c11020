// events.once gives a promise of an event's arguments; an error event rejects it.
// Source: Node.js, Events: events.once(emitter, name[, options])
const { EventEmitter, once } = require('node:events');
const emitter = new EventEmitter();
(async () => {
  console.log(await once(emitter, 'ready'));
  await once(emitter, 'ready').catch((error) => console.log('rejected', error.message));
})();
setTimeout(() => {
  emitter.emit('ready', 1, 'two');
  console.log('emitted');
}, 5);
setTimeout(() => emitter.emit('error', new Error('broken')), 50);
