// When an async function returns a promise its own promise is settled three microtasks later, not one.
// Source: ECMAScript 27.7.5.2 AsyncBlockStart; 27.2.1.3.2 Promise Resolve Functions; 27.2.2.2
async function returnsPromise() {
  return Promise.resolve('promise');
}
async function returnsValue() {
  return 'value';
}
returnsPromise().then(console.log);
returnsValue().then(console.log);
Promise.resolve()
  .then(() => console.log('1'))
  .then(() => console.log('2'))
  .then(() => console.log('3'))
  .then(() => console.log('4'));
