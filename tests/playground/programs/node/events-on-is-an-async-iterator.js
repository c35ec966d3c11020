// events.on gives an async iterator that keeps events until they are asked for.
// Source: Node.js, Events: events.on(emitter, eventName[, options])
const { EventEmitter, on } = require('node:events');
const emitter = new EventEmitter();
(async () => {
  for await (const [value] of on(emitter, 'data')) {
    console.log(value);
    if (value === 3) break;
  }
  console.log('listeners', emitter.listenerCount('data'));
})();
process.nextTick(() => {
  for (const n of [1, 2, 3]) emitter.emit('data', n);
});
