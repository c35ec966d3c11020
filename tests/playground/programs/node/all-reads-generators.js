// The combinators take any iterable, and read it to its end at once.
// Source: ECMAScript 27.2.4.1 Promise.all; 7.4 Operations on Iterator Objects
function* jobs() {
  for (const name of ['a', 'b', 'c']) {
    console.log('makes', name);
    yield Promise.resolve(name);
  }
}
Promise.all(jobs()).then((values) => console.log(values));
Promise.race(new Set(['first', 'second'])).then((value) => console.log(value));
console.log('script end');
