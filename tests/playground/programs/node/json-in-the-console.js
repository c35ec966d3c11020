// JSON.stringify and toJSON print what console.log would not.
// Source: ECMAScript 25.5.2 JSON.stringify
const value = { a: [1, { b: undefined, c: null }], when: new Date(0), f() {}, n: NaN };
console.log(JSON.stringify(value));
console.log(JSON.stringify(value, null, 2));
console.log(JSON.stringify({ toJSON: () => 'mine' }), JSON.stringify(Promise.resolve(1)), JSON.stringify('é\n'));
