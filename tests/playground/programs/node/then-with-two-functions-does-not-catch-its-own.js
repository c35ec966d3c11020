// In then(f, g) g does not catch what f throws; a catch after it does.
// Source: ECMAScript 27.2.2.1 NewPromiseReactionJob: a reaction calls one of its two handlers
Promise.resolve('value')
  .then(
    (value) => {
      console.log('f', value);
      throw new Error('from f');
    },
    () => console.log('g is not called'),
  )
  .catch((error) => console.log('catch', error.message));
