// A then callback never runs during the call of then, even when the promise is settled long since.
// Source: ECMAScript 27.2.5.4.1 PerformPromiseThen, step 10
const promise = Promise.resolve('value');
promise.then(() => console.log('first'));
console.log('after then');
setTimeout(() => {
  promise.then(() => console.log('in the timer, later'));
  console.log('in the timer');
}, 10);
