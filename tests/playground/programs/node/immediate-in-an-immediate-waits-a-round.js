// An immediate that is set by an immediate comes in the loop's next round.
// Source: Node.js, Timers: setImmediate(callback[, ...args])
setImmediate(() => {
  console.log('immediate 1');
  setImmediate(() => console.log('immediate 3'));
});
setImmediate(() => console.log('immediate 2'));
