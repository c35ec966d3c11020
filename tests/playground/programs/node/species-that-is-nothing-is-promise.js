// A species that is null, or undefined, is Promise itself.
// Source: ECMAScript 7.3.22 SpeciesConstructor
class Mine extends Promise {
  static species = null;
  static get [Symbol.species]() {
    return this.species;
  }
}
for (const species of [null, undefined, Mine]) {
  Mine.species = species;
  console.log(new Mine((resolve) => resolve(1)).then(String) instanceof Mine);
}
