// In Node a timer's callback has the Timeout object as this; an arrow does not.
// Source: Node.js, lib/internal/timers.js, listOnTimeout
setTimeout(function () {
  console.log(this.constructor.name);
}, 50);
setImmediate(function () {
  console.log(this.constructor.name);
});
const counter = {
  count: 0,
  start() {
    setTimeout(() => console.log(++this.count), 100);
  },
};
counter.start();
