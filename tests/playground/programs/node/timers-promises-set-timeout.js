// timers/promises gives a promise of a timer, with a value.
// Source: Node.js, Timers Promises API: timersPromises.setTimeout([delay[, value[, options]]])
const { setTimeout: wait } = require('node:timers/promises');
(async () => {
  console.log('asks');
  console.log(await wait(30, 'the value'));
})();
setTimeout(() => console.log('a timer of 1'), 1);
console.log('script end');
