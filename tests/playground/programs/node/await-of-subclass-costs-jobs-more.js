// To await a promise of a subclass costs two microtasks more: it is wrapped, for its constructor is another.
// Source: ECMAScript 27.2.4.7.1 PromiseResolve, step 1.b
class Mine extends Promise {}
(async () => {
  await Mine.resolve();
  console.log('subclass');
})();
(async () => {
  await Promise.resolve();
  console.log('plain');
})();
Promise.resolve()
  .then(() => console.log(1))
  .then(() => console.log(2))
  .then(() => console.log(3));
