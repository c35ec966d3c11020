// A timer may clear one that is due at the same time.
// Source: HTML, clearTimeout(id); Node.js, lib/internal/timers.js, listOnTimeout
setTimeout(() => {
  console.log('first');
  clearTimeout(second);
}, 5);
const second = setTimeout(() => console.log('second'), 5);
setTimeout(() => console.log('third'), 5);
