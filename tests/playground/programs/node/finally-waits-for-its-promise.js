// finally waits for a promise that its function returns.
// Source: ECMAScript 27.2.5.3.1 Then Finally Functions
Promise.resolve('value')
  .finally(() => new Promise((resolve) => setTimeout(resolve, 20)))
  .then((value) => console.log(value));
setTimeout(() => console.log('before 20 ms'), 1);
setTimeout(() => console.log('after 20 ms'), 70);
