// An interval's second beat and a timer of twice its time are due together, or nearly.
// Source: Node.js, lib/internal/timers.js: an interval starts again when its callback has run
let beats = 0;
const interval = setInterval(() => {
  console.log('beat', ++beats);
  if (beats === 2) clearInterval(interval);
}, 10);
setTimeout(() => console.log('timer'), 20);
