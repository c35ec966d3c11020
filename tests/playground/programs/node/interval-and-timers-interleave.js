// An interval's beats come between timers by their time.
// Source: Node.js, Timers: setInterval()
const interval = setInterval(() => console.log('beat'), 40);
setTimeout(() => console.log('20'), 20);
setTimeout(() => console.log('60'), 60);
setTimeout(() => {
  console.log('100');
  clearInterval(interval);
}, 100);
