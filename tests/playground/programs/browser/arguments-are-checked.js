// What a window's functions are given is checked, or converted.
// Source: HTML, 8.6 Timers; Web IDL
const attempt = (name, f) => {
  try {
    console.log(name, String(f()));
  } catch (error) {
    console.log(name, error.name);
  }
};
attempt('queueMicrotask', () => queueMicrotask(1));
attempt('addEventListener', () => document.addEventListener('x', 1));
attempt('null listener', () => document.addEventListener('x', null));
attempt('dispatchEvent', () => document.dispatchEvent({ type: 'x' }));
attempt('Event', () => new Event());
attempt('requestAnimationFrame', () => requestAnimationFrame('x'));
attempt('MutationObserver', () => new MutationObserver());
attempt('observe', () => new MutationObserver(() => {}).observe(document.body, {}));
attempt('structuredClone', () => structuredClone(() => {}));
attempt('postMessage', () => new MessageChannel().port1.postMessage(Symbol('s')));
attempt('clearTimeout', () => clearTimeout('nobody'));
attempt('append', () => document.createElement('p').append(null));
setTimeout((...given) => console.log(given.length, given.join()), '5', 'a', undefined, null);
setTimeout(() => console.log('negative'), -5);
setTimeout(() => console.log('not a number'), 'x');
