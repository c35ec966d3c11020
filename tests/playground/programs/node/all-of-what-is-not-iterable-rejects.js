// Promise.all of something that is not iterable does not throw: it gives a rejected promise.
// Source: ECMAScript 27.2.4.1 Promise.all, step 6 IfAbruptRejectPromise
Promise.all(5).catch((error) => console.log(error.name));
Promise.all().catch((error) => console.log(error.name));
function* fails() {
  yield 1;
  throw new Error('from the iterator');
}
Promise.all(fails()).catch((error) => console.log(error.message));
console.log('script end');
