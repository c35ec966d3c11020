// An event goes down to its target and up again; a microtask checkpoint comes only when the script is over.
// Source: DOM, 2.9 Dispatching events
const outer = document.createElement('div');
const inner = document.createElement('button');
outer.append(inner);
outer.addEventListener('click', () => console.log('outer, capture'), { capture: true });
outer.addEventListener('click', () => console.log('outer, bubble'));
inner.addEventListener('click', () => {
  console.log('inner');
  Promise.resolve().then(() => console.log('microtask'));
});
inner.click();
console.log('script end');
