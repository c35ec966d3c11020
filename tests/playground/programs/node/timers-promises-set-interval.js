// setInterval of timers/promises is read by for await; break ends it.
// Source: Node.js, Timers Promises API: timersPromises.setInterval([delay[, value[, options]]])
const { setInterval: every } = require('node:timers/promises');
(async () => {
  let beats = 0;
  for await (const value of every(5, 'beat')) {
    console.log(value, ++beats);
    if (beats === 3) break;
  }
  console.log('ended');
})();
