// The interval of timers/promises awaits: a then that the program replaced is not called.
// Source: Node.js, Timers: timersPromises.setInterval; ECMAScript 27.7.5.3 (Await)
const { then } = Promise.prototype;
Promise.prototype.then = function (...callbacks) {
  console.log('then');
  return then.apply(this, callbacks);
};
const { setInterval } = require('node:timers/promises');
(async () => {
  let beats = 0;
  for await (const value of setInterval(4, 'beat')) {
    console.log(value);
    if (++beats === 2) break;
  }
})();
