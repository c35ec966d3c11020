// What is written for the console calls no method that the program has put in the place of the language's own.
// Source: Node.js, lib/internal/per_context/primordials.js
const calls = [];
for (const [owner, names] of [
  [Array.prototype, ['map', 'filter', 'forEach', 'reduce', 'join', 'slice', 'flat', 'some', 'every', 'concat']],
  [String.prototype, ['replace', 'trim', 'match', 'padStart', 'at']],
  [Map.prototype, ['has', 'entries']],
  [Object, ['entries', 'values', 'fromEntries']],
]) {
  for (const name of names) {
    const original = owner[name];
    owner[name] = function (...list) {
      calls[calls.length] = name;
      return original.apply(this, list);
    };
  }
}
console.log(
  { list: [1, { two: 2 }], map: new Map([['k', [1]]]), set: new Set([3]) },
  'a\nb',
  () => {},
  class A {},
  /x/,
);
console.log('%s is %o', 'a', { b: 1 }, new Date(0), [undefined, null]);
console.table([{ a: 1 }, { a: 'two' }]);
console.log(structuredClone(new Map([[1, { a: [2] }]])), calls.length);
console.log([1, 2].map((x) => 2 * x).join('-'));
try {
  null.x;
} catch (error) {
  console.log(error.message, calls);
}

Array.prototype.map = function (f) {
  console.log('mine', this.length);
  const list = [];
  for (const item of this) list.push(f(item));
  return list;
};
console.log([3, 4].map((x) => x + 1));
