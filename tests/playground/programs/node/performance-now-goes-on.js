// performance.now() is in milliseconds, and goes on while timers wait.
// Source: High Resolution Time, performance.now(); Node.js, Performance measurement APIs
const start = performance.now();
console.log(typeof start, start >= 0);
setTimeout(() => {
  const passed = performance.now() - start;
  console.log(passed >= 29, passed < 5000);
  console.log(performance.now() >= start + passed);
}, 30);
