// To await a thenable that is no promise costs a job more, which calls its then.
// Source: ECMAScript 27.2.2.2 NewPromiseResolveThenableJob
const thenable = {
  then(resolve) {
    console.log('then is called');
    resolve('value');
  },
};
(async () => {
  console.log('awaited', await thenable);
})();
Promise.resolve()
  .then(() => console.log('1'))
  .then(() => console.log('2'))
  .then(() => console.log('3'));
console.log('script end');
