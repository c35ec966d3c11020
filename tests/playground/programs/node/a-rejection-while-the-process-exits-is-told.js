// After the exit event microtasks still run, and rejections are told; timers are not waited for.
// Source: Node.js, lib/internal/process/promises.js: processPromiseRejections
process.on('unhandledRejection', (reason) => console.log('unhandled', reason));
process.on('exit', () => {
  Promise.reject('at the exit');
  Promise.resolve().then(() => console.log('microtask'));
  setTimeout(() => console.log('never'), 0);
});
