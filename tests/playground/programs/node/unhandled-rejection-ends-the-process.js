// A rejection without a handler ends the process with 1, once ticks and microtasks are done, before the next task.
// Source: Node.js, Process: 'unhandledRejection'; --unhandled-rejections=throw
process.on('exit', (code) => console.log('exit', code));
Promise.reject(new RangeError('nobody handles it'));
setTimeout(() => console.log('never'), 0);
process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('microtask'));
console.log('script end');
