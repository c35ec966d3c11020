// Maps, sets and their iterators are shown with their size and entries.
// Source: Node.js, Util: util.inspect(): Map, Set
const map = new Map([
  ['a', 1],
  [{ key: true }, [1, 2]],
]);
const set = new Set(['x', 2, { y: 3 }]);
console.log(map, set, new Map(), new Set());
console.log(map.keys(), set.values(), map.entries());
console.log(new WeakMap(), new WeakSet());
console.log({ map: new Map([[1, { a: { b: { c: 1 } } }]]) });
