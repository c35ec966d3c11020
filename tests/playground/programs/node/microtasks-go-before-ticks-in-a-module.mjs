// A module is evaluated in a microtask: the microtasks that it queued run before its ticks.
// Source: Node.js, Process: process.nextTick(), in ES modules; ECMAScript, Evaluate() of a Source Text Module Record
process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('microtask'));
queueMicrotask(() => console.log('queueMicrotask'));
console.log('script end');
