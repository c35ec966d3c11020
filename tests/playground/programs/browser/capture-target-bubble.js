// An event goes from the outside in, is at its target, and goes out again.
// Source: DOM, 2.9 Dispatching events
const outer = document.createElement('div');
const inner = document.createElement('div');
outer.append(inner);
document.body.append(outer);
const tell = (name) => (event) => console.log(name, event.eventPhase, event.composedPath().length);
outer.addEventListener('ring', tell('outer bubble'));
outer.addEventListener('ring', tell('outer capture'), true);
inner.addEventListener('ring', tell('inner bubble'));
inner.addEventListener('ring', tell('inner capture'), { capture: true });
inner.dispatchEvent(new Event('ring', { bubbles: true }));
console.log('--');
inner.dispatchEvent(new Event('ring'));
console.log('--');
inner.addEventListener('ring', (event) => event.stopPropagation(), { once: true });
inner.addEventListener('ring', tell('same target'));
const event = new CustomEvent('ring', { bubbles: true, detail: 7 });
inner.dispatchEvent(event);
console.log(event.detail, event.target === inner, event.eventPhase);
