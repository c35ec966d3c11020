// What a script took has passed, whatever it leaves to be told of.
// Source: HTML, "notify about rejected promises": it queues a task, when the script and its microtasks are over
addEventListener('unhandledrejection', (event) => event.preventDefault());
const start = performance.now();
setTimeout(() => console.log('timer, late:', performance.now() - start >= 20), 5);
Promise.reject('nobody');
while (performance.now() - start < 20);
console.log('script end');
