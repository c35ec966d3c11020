// A rejection without a handler is told by an event, in a task after the microtasks.
// Source: HTML, notify about rejected promises
window.addEventListener('unhandledrejection', (event) => {
  console.log('unhandled', event.reason.message);
  event.preventDefault();
});
Promise.reject(new Error('nobody'));
Promise.resolve().then(() => console.log('microtask'));
console.log('script end');
