// then of a subclass gives a promise of that subclass; catch and finally go through then.
// Source: ECMAScript 27.2.5.4 Promise.prototype.then, step 3 SpeciesConstructor
class Tracked extends Promise {
  then(f, g) {
    console.log('then');
    return super.then(f, g);
  }
}
const first = Tracked.resolve(1);
const second = first.then((value) => value + 1);
console.log(second instanceof Tracked, second.catch(() => {}) instanceof Tracked);
second.finally(() => console.log('finally')).then((value) => console.log(value));
