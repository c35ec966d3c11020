// once hears one event; off takes a listener away; prepend puts one in front.
// Source: Node.js, Events: emitter.once(), off(), prependListener()
const { EventEmitter } = require('node:events');
const emitter = new EventEmitter();
const always = () => console.log('always');
emitter.on('tick', always);
emitter.once('tick', () => console.log('once'));
emitter.prependListener('tick', () => console.log('in front'));
emitter.emit('tick');
emitter.off('tick', always);
emitter.emit('tick');
console.log(emitter.listenerCount('tick'), emitter.eventNames());
