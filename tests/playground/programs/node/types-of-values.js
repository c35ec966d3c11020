// util.types tells what a value is, whatever it says of itself.
// Source: Node.js, doc/api/util.md, util.types
const { types, inspect } = require('util');
const values = [
  new Date(0),
  /x/,
  new Map(),
  new Set(),
  new WeakMap(),
  new WeakSet(),
  Promise.resolve(),
  new Proxy({}, {}),
  new TypeError(),
  async () => {},
  function* () {},
  async function* () {},
  (function* () {})(),
  new Uint8Array(1),
  new DataView(new ArrayBuffer(1)),
  Buffer.alloc(1),
  {},
  null,
];
const names = ['AsyncFunction', 'Date', 'GeneratorFunction', 'GeneratorObject', 'Map', 'NativeError', 'Promise'];
names.push('Proxy', 'RegExp', 'Set', 'TypedArray', 'Uint8Array', 'WeakMap', 'WeakSet');
for (const value of values) console.log(names.filter((name) => types[`is${name}`](value)));
console.log(inspect([3, 1], { sorted: true }), inspect({ b: 1, a: [2, 1] }, { sorted: true }));
