// In CommonJS all ticks run before the microtasks that the script queued.
// Source: Node.js, Process: when to use queueMicrotask() vs. process.nextTick()
Promise.resolve().then(() => console.log('microtask'));
queueMicrotask(() => console.log('queueMicrotask'));
process.nextTick(() => console.log('tick'));
console.log('script end');
