// A structured clone keeps cycles, maps, dates and errors, and drops prototypes and getters.
// Source: HTML, 2.7 Safe passing of structured data
class Point {
  x = 1;
  get y() {
    return 2;
  }
}
const value = { when: new Date(5), set: new Set([1, [2]]), map: new Map([['k', new Point()]]), big: 10n };
value.self = value;
const copy = structuredClone(value);
console.log(copy !== value, copy.self === copy, copy.when.getTime(), [...copy.set].join('|'), typeof copy.big);
const point = copy.map.get('k');
console.log(point instanceof Point, JSON.stringify(point));
const error = structuredClone(new RangeError('far'));
console.log(error instanceof RangeError, error.message);
const bytes = new Uint8Array([1, 2, 3]);
const sent = structuredClone(bytes, { transfer: [bytes.buffer] });
console.log(sent.length, bytes.length);
console.log(structuredClone(undefined), structuredClone(NaN), Object.is(structuredClone(-0), -0));
console.log(structuredClone([1, , 3]).length, 1 in structuredClone([1, , 3]));
