// A listener is there once; one that is added meanwhile is not called, one that is removed is not called any more.
// Source: DOM, 2.9 Dispatching events: inner invoke
const target = new EventTarget();
const controller = new AbortController();
const twice = () => console.log('twice');
target.addEventListener('go', twice);
target.addEventListener('go', twice);
const last = () => console.log('last');
target.addEventListener('go', () => {
  console.log('first');
  target.removeEventListener('go', last);
  target.addEventListener('go', () => console.log('added'), { once: true });
});
target.addEventListener('go', last);
target.addEventListener('go', () => console.log('once'), { once: true });
target.addEventListener('go', () => console.log('signal'), { signal: controller.signal });
target.dispatchEvent(new Event('go'));
controller.abort();
console.log('--');
target.dispatchEvent(new Event('go'));
try {
  const again = new Event('go');
  target.addEventListener('go', () => target.dispatchEvent(again), { once: true });
  target.addEventListener('go', (event) => console.log(event.eventPhase, event.currentTarget === target));
  target.dispatchEvent(again);
  console.log(again.eventPhase, again.currentTarget);
} catch (error) {
  console.log(error.name);
}
