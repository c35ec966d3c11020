// The microtasks of a timer run before the next timer, also when both are long due.
// Source: HTML, clean up after running script; Node.js, since Node 11
const start = performance.now();
setTimeout(() => {
  console.log('timer 1');
  Promise.resolve()
    .then(() => console.log('microtask 1'))
    .then(() => console.log('microtask 2'));
}, 1);
setTimeout(() => console.log('timer 2'), 2);
while (performance.now() - start < 15);
