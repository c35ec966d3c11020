// To await a value that is no promise costs one microtask, as a then on a settled promise does.
// Source: ECMAScript 27.7.5.3 Await; 27.2.4.7.1 PromiseResolve
async function f() {
  await 1;
  console.log('f 1');
  await 2;
  console.log('f 2');
}
f();
Promise.resolve()
  .then(() => console.log('then 1'))
  .then(() => console.log('then 2'));
console.log('script end');
