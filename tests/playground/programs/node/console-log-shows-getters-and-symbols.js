// Getters are named, not called; symbols and non-index keys of arrays are shown.
// Source: Node.js, Util: util.inspect(): getters
const array = Object.assign([1, 2], { extra: 'x', '-1': 'minus' });
console.log(array);
console.log({
  get value() {
    console.log('never called');
    return 1;
  },
});
console.log({ [Symbol('a')]: Symbol('b'), [Symbol()]: 1, 'a-b': 2, a_b: 3, ünï: 4, '': 5 });
