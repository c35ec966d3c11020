// resolve(promise) waits for a job that calls then, and for the job of that then.
// Source: ECMAScript 27.2.1.3.2 Promise Resolve Functions, steps 13 to 15
const inner = Promise.resolve('inner');
new Promise((resolve) => resolve(inner)).then(console.log);
Promise.resolve()
  .then(() => console.log('1'))
  .then(() => console.log('2'))
  .then(() => console.log('3'));
