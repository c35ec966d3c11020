// emit calls all listeners during the call, in the order in which they were added; microtasks come after.
// Source: Node.js, Events: asynchronous vs. synchronous
const EventEmitter = require('node:events');
const door = new EventEmitter();
door.on('ring', (who) => {
  console.log('first', who);
  Promise.resolve().then(() => console.log('microtask'));
});
door.on('ring', (who) => console.log('second', who));
console.log('before');
console.log(door.emit('ring', 'Ada'), door.emit('knock'));
console.log('after');
