// The function that is given to new Promise is called at once, before the constructor returns.
// Source: ECMAScript 27.2.3.1 Promise(executor), step 9
console.log('before');
const promise = new Promise((resolve) => {
  console.log('executor');
  resolve('value');
  console.log('after resolve');
});
console.log('constructed');
promise.then((value) => console.log('then', value));
console.log('script end');
