// A rejection that gets a handler in the same turn is handled, however late in its microtasks.
// Source: ECMAScript 27.2.1.9 HostPromiseRejectionTracker; Node.js, Process: 'unhandledRejection'
const failed = Promise.reject(new Error('handled in time'));
(async () => {
  for (let i = 0; i < 10; i++) await null;
  try {
    await failed;
  } catch (error) {
    console.log(error.message);
  }
})();
