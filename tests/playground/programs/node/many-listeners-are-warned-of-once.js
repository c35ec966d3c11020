// The eleventh listener of one event may be a leak: Node warns of it, once, unless it was told otherwise.
// Source: Node.js, lib/events.js _addListener
const { EventEmitter } = require('events');
process.on('warning', ({ name, message, type, count }) => console.log(name, message, type, count));
const emitter = new EventEmitter();
for (let i = 0; i < 12; i++) emitter.on('data', () => {});
class Own extends EventEmitter {}
const own = new Own();
own.setMaxListeners(1);
own.once('end', () => {});
own.prependListener('end', () => {});
const bare = Object.assign(Object.create(null), EventEmitter.prototype);
for (let i = 0; i < 11; i++) bare.on('data', () => {});
const quiet = new EventEmitter().setMaxListeners(0);
for (let i = 0; i < 20; i++) quiet.on('data', () => {});
process.emitWarning('careful', 'OwnWarning', 'W1');
process.emitWarning('with options', { type: 'Second', code: 'W2' });
console.log(emitter.listenerCount('data'), quiet.listenerCount('data'));
