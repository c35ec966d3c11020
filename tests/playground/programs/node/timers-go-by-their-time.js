// Timers run in the order of their time, not of their calls.
// Source: Node.js, Timers: setTimeout(); HTML, run steps after a timeout
setTimeout(() => console.log('c'), 90);
setTimeout(() => console.log('a'), 10);
setTimeout(() => console.log('b'), 50);
