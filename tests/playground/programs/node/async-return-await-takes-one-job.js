// return await costs the await's one microtask, so here it is sooner than a plain return of the promise.
// Source: ECMAScript 27.7.5.3 Await; 27.7.5.2 AsyncBlockStart
async function plain() {
  return Promise.resolve('return');
}
async function awaited() {
  return await Promise.resolve('return await');
}
plain().then(console.log);
awaited().then(console.log);
Promise.resolve()
  .then(() => console.log('1'))
  .then(() => console.log('2'))
  .then(() => console.log('3'));
