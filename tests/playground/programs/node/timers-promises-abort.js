// A wait of timers/promises can be cut short by a signal: it is rejected with an AbortError.
// Source: Node.js, Timers Promises API: options.signal
const { setTimeout: wait } = require('node:timers/promises');
const controller = new AbortController();
wait(5000, null, { signal: controller.signal }).catch((error) => {
  console.log(error.name, error.code, error.message);
});
setTimeout(() => {
  console.log('aborts');
  controller.abort();
  console.log('aborted');
}, 5);
