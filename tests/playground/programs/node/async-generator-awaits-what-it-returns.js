// return in an async generator awaits its value.
// Source: ECMAScript 15.6, ReturnStatement in an async generator: Await
async function* one() {
  return Promise.resolve('returned');
}
async function* two() {
  try {
    return Promise.reject(new Error('rejected'));
  } catch (error) {
    return `caught ${error.message}`;
  }
}
one()
  .next()
  .then((result) => console.log(result));
two()
  .next()
  .then((result) => console.log(result));
