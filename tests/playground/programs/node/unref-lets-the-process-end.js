// A timer that is unref'ed does not keep the process alive; it runs when something else does so.
// Source: Node.js, Timers: timeout.unref()
setTimeout(() => console.log('unref, 10'), 10).unref();
setTimeout(() => console.log('50'), 50);
setTimeout(() => console.log('never'), 5000).unref();
