// await looks at a promise's constructor; when that throws the throw comes at the await, at once.
// Source: ECMAScript 27.7.5.3 Await, step 2; 27.2.4.7.1 PromiseResolve, step 1.a
const odd = Promise.resolve('odd');
Object.defineProperty(odd, 'constructor', {
  get() {
    throw new Error('from the getter');
  },
});
(async () => {
  try {
    await odd;
  } catch (error) {
    console.log(error.message);
  }
})();
console.log('script end');
