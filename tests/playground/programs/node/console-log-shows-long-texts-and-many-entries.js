// More than 100 entries and very long texts inside of arrays are cut; a text with line breaks is broken at them.
// Source: Node.js, Util: util.inspect(): maxArrayLength, maxStringLength
console.log(new Set(Array.from({ length: 103 }, (_, i) => i)).size);
console.log(Array.from({ length: 101 }, () => 'ab'));
console.log({ text: 'first line\nsecond line\nthird line that is quite a bit longer than the others' });
console.log(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`key${i}`, i])));
