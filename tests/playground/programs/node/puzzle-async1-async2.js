// The puzzle of async1 and async2: the await, the then after the executor, the timer.
// Source: ECMAScript 27.7.5.3 Await; HTML, event loop processing model
async function async1() {
  console.log('async1 start');
  await async2();
  console.log('async1 end');
}
async function async2() {
  console.log('async2');
}
console.log('script start');
setTimeout(() => console.log('setTimeout'), 0);
async1();
new Promise((resolve) => {
  console.log('promise1');
  resolve();
}).then(() => console.log('promise2'));
console.log('script end');
