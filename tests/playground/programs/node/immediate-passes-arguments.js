// setImmediate and setTimeout hand their further arguments on.
// Source: Node.js, Timers: setImmediate(callback[, ...args]); setTimeout(callback[, delay[, ...args]])
setImmediate(console.log, 'immediate', 1);
setTimeout(console.log, 50, 'timer', 2);
