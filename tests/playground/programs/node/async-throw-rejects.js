// A throw in an async function never reaches its caller: it rejects the promise, at once if no await came before.
// Source: ECMAScript 27.7.5.2 AsyncBlockStart, step 3.g
async function fails() {
  console.log('in the function');
  throw new Error('oh');
}
let promise;
try {
  promise = fails();
  console.log('the call returned');
} catch {
  console.log('not reached');
}
promise.catch((error) => console.log('rejected', error.message));
