// A timer that is set by a timer counts from then on.
// Source: Node.js, Timers: setTimeout()
setTimeout(() => {
  console.log('20');
  setTimeout(() => console.log('20 + 20'), 20);
}, 20);
setTimeout(() => console.log('90'), 90);
