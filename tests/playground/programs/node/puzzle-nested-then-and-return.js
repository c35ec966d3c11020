// A promise that is returned inside nested then callbacks comes two microtasks later: 0, 1, 2, 3, 4, 5, 6.
// Source: ECMAScript 27.2.1.3.2 Promise Resolve Functions; 27.2.2.2 NewPromiseResolveThenableJob
Promise.resolve()
  .then(() => {
    console.log(0);
    return Promise.resolve(4);
  })
  .then((value) => console.log(value));
Promise.resolve()
  .then(() => console.log(1))
  .then(() => console.log(2))
  .then(() => console.log(3))
  .then(() => console.log(5))
  .then(() => console.log(6));
