// Promise.all of settled promises is settled after one microtask for each of them, and its then comes after that.
// Source: ECMAScript 27.2.4.1.2 PerformPromiseAll
Promise.all([Promise.resolve('a'), Promise.resolve('b')]).then((values) => console.log('all', values.join()));
Promise.resolve()
  .then(() => console.log(1))
  .then(() => console.log(2))
  .then(() => console.log(3));
Promise.resolve('single').then(console.log);
