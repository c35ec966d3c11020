// A passive listener cannot prevent what an event does; the next one can.
// Source: DOM 2.9, "inner invoke": the in passive listener flag
const target = new EventTarget();
target.addEventListener('it', (event) => event.preventDefault(), { passive: true });
console.log(target.dispatchEvent(new Event('it', { cancelable: true })));
target.addEventListener('it', (event) => event.preventDefault());
console.log(target.dispatchEvent(new Event('it', { cancelable: true })));
console.log(target.dispatchEvent(new Event('it')));
