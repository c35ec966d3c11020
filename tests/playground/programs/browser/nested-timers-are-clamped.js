// From the fifth nested timer on a delay of less than 4 ms becomes 4.
// Source: HTML, timer initialization steps: nesting level
const start = performance.now();
const step = (n) => {
  if (n < 9) return setTimeout(step, 0, n + 1);
  console.log('nine steps took 16 ms or more', performance.now() - start >= 15.9);
};
setTimeout(step, 0, 1);
