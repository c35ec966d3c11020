// A then callback that returns a promise holds its chain up by two microtasks.
// Source: ECMAScript 27.2.1.3.2 Promise Resolve Functions; 27.2.2.2 NewPromiseResolveThenableJob
Promise.resolve()
  .then(() => {
    console.log('a1');
    return Promise.resolve('a2');
  })
  .then(console.log);
Promise.resolve()
  .then(() => console.log('b1'))
  .then(() => console.log('b2'))
  .then(() => console.log('b3'))
  .then(() => console.log('b4'));
