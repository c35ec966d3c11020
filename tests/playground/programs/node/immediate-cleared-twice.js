// An immediate that the process does not wait for can be cleared twice, and after it ran: nothing is counted twice.
// Source: Node.js, lib/timers.js: clearImmediate
const never = setImmediate(() => console.log('never')).unref();
clearImmediate(never);
clearImmediate(never);
const ran = setImmediate(() => console.log('runs'));
setTimeout(() => {
  clearImmediate(ran.unref());
  console.log('last');
}, 5);
setTimeout(() => console.log('is not waited for'), 50).unref();
