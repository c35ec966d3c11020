// Without an await all of an async function's body runs during the call; its promise is settled when it returns.
// Source: ECMAScript 27.7.5.2 AsyncBlockStart
async function work() {
  console.log('one');
  console.log('two');
  return 'three';
}
const promise = work();
console.log('returned');
promise.then(console.log);
