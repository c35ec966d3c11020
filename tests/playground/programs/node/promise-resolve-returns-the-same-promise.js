// Promise.resolve gives back a promise of its own constructor as it is.
// Source: ECMAScript 27.2.4.7.1 PromiseResolve, step 1
const promise = Promise.resolve(1);
console.log(Promise.resolve(promise) === promise);
console.log(new Promise((resolve) => resolve(promise)) === promise);
class Mine extends Promise {}
console.log(Mine.resolve(promise) === promise, Mine.resolve(promise) instanceof Mine);
