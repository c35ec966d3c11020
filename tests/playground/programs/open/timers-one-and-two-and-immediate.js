// Two timers keep their order; the immediate may come before both, between them, or after.
// Source: Node.js, The Node.js Event Loop: setImmediate() vs setTimeout()
setTimeout(() => console.log('timer 1'), 1);
setImmediate(() => console.log('immediate'));
setTimeout(() => console.log('timer 2'), 2);
