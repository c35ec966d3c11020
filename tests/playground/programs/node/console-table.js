// table draws rows and columns.
// Source: Node.js, Console: console.table(tabularData[, properties])
console.table([
  { name: 'Ada', year: 1815 },
  { name: 'Grace', year: 1906, rank: 'Admiral' },
]);
console.table([
  ['a', 1],
  ['b', 2],
]);
console.table({ x: { on: true }, y: { on: false } }, ['on']);
