// A promise that is resolved with itself is rejected with a TypeError.
// Source: ECMAScript 27.2.1.3.2 Promise Resolve Functions, step 7
let resolve;
const promise = new Promise((r) => (resolve = r));
resolve(promise);
promise.catch((error) => console.log(error.name));
const chained = Promise.resolve().then(() => chained);
chained.catch((error) => console.log(error.name, error instanceof TypeError));
