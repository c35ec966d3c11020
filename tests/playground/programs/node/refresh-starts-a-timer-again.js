// refresh() starts a timer again from now, without a new one.
// Source: Node.js, Timers: timeout.refresh()
const timer = setTimeout(() => console.log('at 100'), 60);
setTimeout(() => {
  console.log('at 40');
  timer.refresh();
}, 40);
setTimeout(() => console.log('at 80'), 80);
