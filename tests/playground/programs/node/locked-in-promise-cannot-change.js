// A promise that was resolved with a pending promise is locked in: another resolve does nothing.
// Source: ECMAScript 27.2.1.3.2 Promise Resolve Functions, step 5
let resolveInner;
const inner = new Promise((resolve) => (resolveInner = resolve));
const outer = new Promise((resolve) => {
  resolve(inner);
  resolve('too late');
});
outer.then((value) => console.log(value));
console.log('inner is pending');
resolveInner('from inner');
