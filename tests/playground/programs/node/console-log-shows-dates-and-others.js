// Dates, regular expressions, typed arrays and boxed values have notations of their own.
// Source: Node.js, Util: util.inspect()
console.log(new Date(0), [new Date(86_400_000)], new Date(NaN));
console.log(/a+b/gi, [/x/]);
console.log(new Uint8Array([1, 2, 3]), new Float64Array(2));
console.log(new Number(3), new String('abc'), new Boolean(false), Object(1n), Object(Symbol('s')));
console.log(
  (function () {
    return arguments;
  })(1, 'two'),
);
console.log(globalThis === global, JSON, Math, Reflect[Symbol.toStringTag]);
