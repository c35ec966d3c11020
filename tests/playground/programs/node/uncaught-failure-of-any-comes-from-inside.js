// What Promise.any makes of failures comes from no line of the program.
// Source: ECMAScript 27.2.4.3.1 PerformPromiseAny; Node.js, lib/internal/process/promises.js triggerUncaughtException
process.on('exit', (code) => console.log('exit', code));
Promise.any([Promise.reject(new Error('a')), Promise.reject(1)]).catch((error) =>
  console.log(error.errors.length, error.stack),
);
Promise.any([]);
