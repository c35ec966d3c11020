// At the first await of a function that it calls without await, the caller goes on.
// Source: ECMAScript 27.7.5.3 Await, steps 9 to 12
async function inner() {
  console.log('inner 1');
  await null;
  console.log('inner 2');
}
async function outer() {
  console.log('outer 1');
  inner();
  console.log('outer 2');
  await null;
  console.log('outer 3');
}
outer();
console.log('script end');
