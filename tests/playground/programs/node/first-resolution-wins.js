// Only the first call of resolve or reject counts.
// Source: ECMAScript 27.2.1.3 CreateResolvingFunctions: [[AlreadyResolved]]
const promise = new Promise((resolve, reject) => {
  resolve('first');
  resolve('second');
  reject(new Error('third'));
});
promise.then(
  (value) => console.log('fulfilled', value),
  (error) => console.log('rejected', error.message),
);
