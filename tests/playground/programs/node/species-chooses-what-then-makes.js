// Symbol.species names the constructor of what then gives.
// Source: ECMAScript 27.2.4.8 get Promise[@@species]; 7.3.22 SpeciesConstructor
class Quiet extends Promise {
  static get [Symbol.species]() {
    return Promise;
  }
}
const quiet = Quiet.resolve(1);
const next = quiet.then((value) => value + 1);
console.log(quiet instanceof Quiet, next instanceof Quiet, next instanceof Promise);
next.then(console.log);
