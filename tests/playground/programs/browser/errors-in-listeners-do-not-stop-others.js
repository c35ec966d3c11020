// A listener that throws is reported at once, and the next listener is called.
// Source: DOM, 2.9 Dispatching events: inner invoke
addEventListener('error', (event) => {
  console.log('reported', event.error.message);
  event.preventDefault();
});
const target = new EventTarget();
target.addEventListener('go', () => {
  queueMicrotask(() => console.log('microtask'));
  throw new Error('a');
});
target.addEventListener('go', {
  handleEvent(event) {
    console.log('object', this !== event, event.type);
  },
});
console.log(target.dispatchEvent(new Event('go')));
queueMicrotask(() => {
  throw new Error('b');
});
queueMicrotask(() => console.log('still'));
reportError(new Error('c'));
