// A chain that a callback begins, and that it does not return, goes beside the outer one.
// Source: ECMAScript 27.2.2.1 NewPromiseReactionJob
Promise.resolve()
  .then(() => {
    console.log('outer 1');
    Promise.resolve()
      .then(() => console.log('inner 1'))
      .then(() => console.log('inner 2'));
  })
  .then(() => console.log('outer 2'))
  .then(() => console.log('outer 3'));
