// setImmediate of timers/promises is fulfilled in the check phase; what awaits it comes before the next immediate.
// Source: Node.js, Timers Promises API: timersPromises.setImmediate([value[, options]])
const { setImmediate: immediate } = require('node:timers/promises');
(async () => console.log(await immediate('first')))();
setImmediate(() => console.log('second'));
