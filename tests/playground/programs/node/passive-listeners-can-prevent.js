// In Node a passive listener can prevent what an event does, as any other.
// Source: Node.js, lib/internal/event_target.js: Event.prototype.preventDefault
const target = new EventTarget();
target.addEventListener('it', (event) => event.preventDefault(), { passive: true });
console.log(target.dispatchEvent(new Event('it', { cancelable: true })));
target.addEventListener('it', (event) => event.preventDefault());
console.log(target.dispatchEvent(new Event('it', { cancelable: true })));
console.log(target.dispatchEvent(new Event('it')));
