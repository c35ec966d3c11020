// structuredClone keeps errors, typed arrays and regular expressions; an object of a class becomes a plain one.
// Source: HTML, StructuredSerializeInternal
class Point {
  #secret = 1;
  constructor(x) {
    this.x = x;
  }
  get double() {
    return this.x * 2;
  }
}
const copy = structuredClone(new Point(3));
console.log(copy, copy instanceof Point, copy.double);
const error = structuredClone(new RangeError('too far'));
console.log(error instanceof RangeError, error.message);
console.log(structuredClone(new Uint8Array([1, 2])), structuredClone(/a+/gi), structuredClone(10n));
console.log(structuredClone([undefined, null, , 'hole before']));
