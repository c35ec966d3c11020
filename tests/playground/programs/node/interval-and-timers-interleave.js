// An interval's beats come between timers by their time.
// Source: Node.js, Timers: setInterval()
const interval = setInterval(() => console.log('beat'), 60);
setTimeout(() => console.log('30'), 30);
setTimeout(() => {
  console.log('90');
  clearInterval(interval);
}, 90);
