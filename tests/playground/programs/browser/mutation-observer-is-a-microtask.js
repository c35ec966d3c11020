// A mutation observer is called in a microtask, once for all changes of a turn.
// Source: DOM, queue a mutation observer microtask
const box = document.createElement('div');
new MutationObserver((records) => console.log('observer', records.length)).observe(box, { attributes: true });
Promise.resolve().then(() => console.log('microtask before'));
box.setAttribute('a', 1);
box.setAttribute('b', 2);
Promise.resolve().then(() => console.log('microtask after'));
console.log('script end');
