// A module is strict code, and its this is undefined.
// Source: ECMAScript 16.2.1 Module Semantics: module code is always strict; GetThisBinding of a module environment
console.log(this, typeof require, typeof module);
try {
  undeclared = 1;
} catch (error) {
  console.log(error.name);
}
(function () {
  console.log(this);
})();
