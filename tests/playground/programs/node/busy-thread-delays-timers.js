// A timer never interrupts: while the thread is busy it waits, and then comes in the order of its time.
// Source: Node.js, The Node.js Event Loop: a timer's delay is a threshold
setTimeout(() => console.log('timer of 1'), 1);
setTimeout(() => console.log('timer of 20'), 20);
Promise.resolve().then(() => console.log('microtask'));
const start = performance.now();
while (performance.now() - start < 40);
console.log('40 ms are over', performance.now() - start >= 40);
