// scheduler.wait waits as setTimeout of timers/promises does.
// Source: Node.js, Timers Promises API: timersPromises.scheduler.wait(delay[, options])
const { scheduler } = require('node:timers/promises');
(async () => {
  console.log('before');
  await scheduler.wait(10);
  console.log('after 10');
})();
setTimeout(() => console.log('after 60'), 60);
