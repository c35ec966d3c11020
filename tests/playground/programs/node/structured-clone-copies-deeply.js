// structuredClone copies deeply, with cycles, dates, maps and sets; functions cannot be cloned.
// Source: HTML, 2.7 Safe passing of structured data
const original = { list: [1, { deep: true }], when: new Date(0), map: new Map([['a', new Set([1])]]) };
original.self = original;
const copy = structuredClone(original);
console.log(copy !== original, copy.self === copy, copy.list[1] !== original.list[1]);
console.log(copy.when.toISOString(), copy.map, copy.list);
try {
  structuredClone(() => {});
} catch (error) {
  console.log(error.name, error.code);
}
