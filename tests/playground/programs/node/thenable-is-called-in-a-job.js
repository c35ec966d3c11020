// resolve(thenable) reads then at once, and calls it in a job of its own.
// Source: ECMAScript 27.2.1.3.2 Promise Resolve Functions, steps 9 and 15
const thenable = {
  get then() {
    console.log('then is read');
    return (resolve) => {
      console.log('then is called');
      resolve('value');
    };
  },
};
const promise = Promise.resolve(thenable);
console.log('resolved');
promise.then((value) => console.log(value));
