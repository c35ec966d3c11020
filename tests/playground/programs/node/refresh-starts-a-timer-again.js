// refresh() starts a timer again from now, without a new one.
// Source: Node.js, Timers: timeout.refresh()
const timer = setTimeout(() => console.log('45 + 90'), 90);
setTimeout(() => {
  console.log('45');
  timer.refresh();
}, 45);
setTimeout(() => console.log('110'), 110);
