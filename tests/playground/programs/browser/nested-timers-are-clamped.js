// Of timers that set one another the seventh and all after it wait for 4 ms at least.
// Source: HTML, timer initialization steps: nesting level greater than 5
let sixth;
const step = (n) => {
  if (n === 6) sixth = performance.now();
  if (n < 9) return setTimeout(step, 0, n + 1);
  console.log('three more took 12 ms', performance.now() - sixth >= 11.5);
};
setTimeout(step, 0, 1);
