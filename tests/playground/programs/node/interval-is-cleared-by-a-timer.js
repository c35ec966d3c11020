// An interval that somebody else clears stops, and the process can end.
// Source: Node.js, Timers: clearInterval(timeout)
const interval = setInterval(() => console.log('beat'), 60);
setTimeout(() => {
  clearInterval(interval);
  console.log('cleared');
}, 90);
