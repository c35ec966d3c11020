// An async function runs like any other up to its first await; only what follows comes later.
// Source: ECMAScript 27.7.5.1 AsyncFunctionStart; 27.7.5.3 Await
async function load() {
  console.log('in load');
  await null;
  console.log('after await');
}
console.log('before the call');
load();
console.log('after the call');
