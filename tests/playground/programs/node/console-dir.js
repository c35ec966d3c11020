// dir shows a value, also a string, in its notation; options set the depth.
// Source: Node.js, Console: console.dir(obj[, options])
const deep = { a: { b: { c: { d: 1 } } } };
console.dir(deep);
console.dir(deep, { depth: 0 });
console.dir(deep, { depth: null });
console.dir('text');
console.dir([1, 'two'], { depth: 1 });
