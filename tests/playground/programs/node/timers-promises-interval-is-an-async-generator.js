// The interval of timers/promises is an async generator: requests queue up, each has its jobs, return and throw end it.
// Source: Node.js, Timers: timersPromises.setInterval; lib/timers/promises.js
const { setInterval } = require('node:timers/promises');
const say = (name) => (value) => console.log(name, value);
const interval = setInterval(4, 'beat');
console.log(Object.prototype.toString.call(interval));
interval.next().then((result) => {
  console.log('first', result);
  let n = 0;
  queueMicrotask(function next() {
    console.log('microtask', ++n);
    if (n < 4) queueMicrotask(next);
  });
});
interval.next().then(say('second'));
interval.return('end').then(say('return'));
interval.next().then(say('after'));
setInterval(4).throw('error').catch(say('throw'));
