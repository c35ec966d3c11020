// In a task dispatchEvent is synchronous as well; its microtasks come when the task's callback is over.
// Source: DOM, dispatchEvent(event); HTML, clean up after running script
const target = new EventTarget();
target.addEventListener('go', () => {
  console.log('listener');
  queueMicrotask(() => console.log('microtask'));
});
setTimeout(() => {
  target.dispatchEvent(new Event('go'));
  console.log('after dispatch');
}, 1);
