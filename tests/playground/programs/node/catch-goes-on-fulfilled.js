// After a catch that returns the chain goes on fulfilled.
// Source: ECMAScript 27.2.5.1 Promise.prototype.catch; 27.2.2.1 NewPromiseReactionJob, step 1.h
Promise.reject(new Error('lost'))
  .catch((error) => `found ${error.message}`)
  .then((value) => console.log(value))
  .then((value) => console.log(value));
