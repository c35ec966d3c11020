// A throw in a listener does not stop the others, nor dispatchEvent: in Node it is an uncaught error, a tick later.
// Source: DOM, inner invoke: report the exception; Node.js, Events: EventTarget error handling
process.on('uncaughtException', (error) => console.log('uncaught', error.message));
const target = new EventTarget();
target.addEventListener('go', () => {
  throw new Error('from a listener');
});
target.addEventListener('go', () => console.log('second'));
target.dispatchEvent(new Event('go'));
console.log('after dispatch');
