// for...of with an await in its body does one after another.
// Source: ECMAScript 14.7.5 The for-in, for-of, and for-await-of Statements
const wait = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));
(async () => {
  for (const ms of [30, 10, 1]) {
    console.log('asks', ms);
    console.log('has', await wait(ms, ms));
  }
  console.log('after the loop');
})();
