// dispatchEvent calls its listeners before it returns.
// Source: DOM, 2.9 Dispatching events; Node.js, Events: EventTarget and Event API
const target = new EventTarget();
target.addEventListener('greet', (event) => {
  console.log('listener', event.type, event.target === target);
  queueMicrotask(() => console.log('microtask'));
});
target.addEventListener('greet', { handleEvent: () => console.log('object listener') });
console.log('before');
target.dispatchEvent(new Event('greet'));
console.log('after');
