// table takes plain values, maps and sets too; what is no object is just logged.
// Source: Node.js, Console: console.table(tabularData[, properties])
console.table(['plain', 2, null]);
console.table(new Map([['key', { a: 1 }]]));
console.table(new Set([1, 'two']));
console.table([{ deep: { er: { x: 1 } } }, [1, [2]]]);
console.table('text');
console.table([]);
