// When the process ends by itself the microtasks of its exit listeners still run, after the listeners; ticks do not.
// Source: Node.js 18 to 22, as it is seen; the documentation promises nothing after the listeners
process.on('exit', () => {
  console.log('exit 1');
  Promise.resolve()
    .then(() => console.log('microtask 1'))
    .then(() => console.log('microtask 2'));
  process.nextTick(() => console.log('never'));
});
process.on('exit', () => console.log('exit 2'));
