// A then callback that does not return its promise is not waited for.
// Source: ECMAScript 27.2.2.1 NewPromiseReactionJob: the promise resolves with what the handler returned
const wait = (ms, text) => new Promise((resolve) => setTimeout(() => resolve(console.log(text)), ms));
Promise.resolve()
  .then(() => {
    wait(20, 'not waited for');
  })
  .then(() => wait(60, 'waited for'))
  .then(() => console.log('end'));
