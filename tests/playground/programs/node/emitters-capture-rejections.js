// An emitter that captures rejections tells of those of its listeners by 'error', or by a method of its own.
// Source: Node.js lib/events.js, captureRejections
const { EventEmitter, errorMonitor } = require('node:events');
class Safe extends EventEmitter {
  constructor() {
    super({ captureRejections: true });
  }
}
const safe = new Safe();
safe.on(errorMonitor, (error) => console.log('watched', error.message));
safe.on('error', async (error) => {
  console.log('error', error.message);
  throw new Error('of the listener of errors');
});
safe.on('work', async () => {
  throw new Error('work');
});
safe.emit('work');
const own = new EventEmitter({ captureRejections: true });
own[EventEmitter.captureRejectionSymbol] = (error, type, ...values) => console.log(error.message, type, values);
own.once('work', async (value) => Promise.reject(new Error(`own ${value}`)));
own.emit('work', 1, 2);
process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('microtask'));
process.on('unhandledRejection', (error) => console.log('unhandled', error.message));
console.log(EventEmitter.captureRejections, 'script end');
