// A cleared immediate does not run, also when another immediate of the same round clears it.
// Source: Node.js, Timers: clearImmediate(immediate)
const never = setImmediate(() => console.log('never'));
clearImmediate(never);
setImmediate(() => {
  console.log('first');
  clearImmediate(third);
});
setImmediate(() => console.log('second'));
const third = setImmediate(() => console.log('third'));
