// What is longer than 72 characters is broken, an entry a line; long arrays of short entries are set in columns.
// Source: Node.js, Util: util.inspect(): breakLength and compact
console.log({ name: 'A rather long name', street: 'A rather long street', city: 'A rather long city', zip: 12345 });
console.log({ a: { b: { c: 1 } }, list: ['one', 'two', 'three'], text: 'x'.repeat(60) });
console.log(Array.from({ length: 30 }, (_, i) => i * i));
console.log(Array.from({ length: 120 }, (_, i) => i));
console.log(['apple', 'banana', 'cherry', 'dragonfruit', 'elderberry', 'fig', 'grape', 'honeydew']);
