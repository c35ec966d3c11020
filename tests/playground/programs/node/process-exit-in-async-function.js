// process.exit() in a microtask leaves the microtasks behind it.
// Source: Node.js, Process: process.exit([code])
(async () => {
  try {
    await null;
    console.log('exits');
    process.exit(0);
  } finally {
    console.log('never');
  }
})();
Promise.resolve().then(() => console.log('the next microtask never comes'));
