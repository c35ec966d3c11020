// An interval runs until it is cleared; it may clear itself.
// Source: HTML, setInterval and clearInterval; Node.js, Timers: setInterval()
let count = 0;
const interval = setInterval(() => {
  console.log('beat', ++count);
  if (count === 3) clearInterval(interval);
}, 5);
console.log('script end');
