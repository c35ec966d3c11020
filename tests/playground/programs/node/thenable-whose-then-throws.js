// A throw when then is read, or when it is called, rejects; after it resolved it is dropped.
// Source: ECMAScript 27.2.1.3.2 Promise Resolve Functions, step 10; 27.2.2.2 NewPromiseResolveThenableJob
const reads = {
  get then() {
    throw new Error('while reading');
  },
};
const calls = {
  then() {
    throw new Error('while calling');
  },
};
const resolved = {
  then(resolve) {
    resolve('kept');
    throw new Error('dropped');
  },
};
for (const thenable of [reads, calls, resolved])
  Promise.resolve(thenable).then(console.log, (error) => console.log(error.message));
console.log('script end');
