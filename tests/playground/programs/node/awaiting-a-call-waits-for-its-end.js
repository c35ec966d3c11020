// await f() waits until f is over, and one microtask more.
// Source: ECMAScript 27.7.5.3 Await
async function inner() {
  console.log('inner 1');
  await null;
  console.log('inner 2');
}
async function outer() {
  console.log('outer 1');
  await inner();
  console.log('outer 2');
}
outer().then(() => console.log('all done'));
console.log('script end');
