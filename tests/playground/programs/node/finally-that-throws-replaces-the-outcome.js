// A throw in finally, or a rejected promise that it returns, takes the place of the outcome.
// Source: ECMAScript 27.2.5.3.2 Catch Finally Functions
Promise.resolve('value')
  .finally(() => {
    throw new Error('thrown in finally');
  })
  .catch((error) => console.log(error.message));
Promise.reject(new Error('first'))
  .finally(() => Promise.reject(new Error('returned from finally')))
  .catch((error) => console.log(error.message));
