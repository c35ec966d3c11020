// A throw in the executor rejects the promise; after it was resolved the throw is dropped.
// Source: ECMAScript 27.2.3.1 Promise(executor), step 10
new Promise(() => {
  throw new Error('first');
}).catch((error) => console.log('caught', error.message));
new Promise((resolve) => {
  resolve('kept');
  throw new Error('dropped');
}).then((value) => console.log(value));
console.log('script end');
