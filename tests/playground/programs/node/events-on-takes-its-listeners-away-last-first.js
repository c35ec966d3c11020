// A loop over events.on that is left takes its listeners away, the one for errors first.
// Source: Node.js, lib/events.js: EventEmitter.on
const { EventEmitter, on } = require('events');
const emitter = new EventEmitter();
emitter.on('removeListener', (name, { name: own }) => console.log('removed', name, own));
setImmediate(() => {
  emitter.emit('go', 1);
  emitter.emit('go', 2);
});
(async () => {
  for await (const [value] of on(emitter, 'go')) {
    console.log(value);
    if (value === 2) break;
  }
  console.log(emitter.listenerCount('go'), emitter.listenerCount('error'));
})();
