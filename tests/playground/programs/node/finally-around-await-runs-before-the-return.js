// finally with an await in it holds up the return, and the caller.
// Source: ECMAScript 14.15 The try Statement; 27.7.5.3 Await
async function work() {
  try {
    return 'result';
  } finally {
    console.log('closing');
    await null;
    console.log('closed');
  }
}
work().then((value) => console.log(value));
Promise.resolve()
  .then(() => console.log(1))
  .then(() => console.log(2));
