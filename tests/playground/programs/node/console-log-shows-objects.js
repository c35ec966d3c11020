// Objects are shown to a depth of two, keys in their notation.
// Source: Node.js, Util: util.inspect(object[, options]): depth
console.log({ a: 1, 'two words': 2, 3: 'three', [Symbol('s')]: 4, nested: { deep: { deeper: { deepest: 1 } } } });
console.log({}, [], [[]], [[[[]]]], [[[[1]]]], { a: {} });
console.log({ f() {}, g: () => {}, h: class {}, get i() {}, set i(value) {}, get j() {}, set k(value) {} });
console.log([undefined, , , 3], [, 'a'], Array(3));
