// console.log of an error shows its stack, which begins with the name and the message; what else it has follows.
// Source: Node.js, Util: util.inspect(): errors
console.log(new Error('no paper'));
console.log(new RangeError('two\nlines'), 'after it');
console.log(`${new Error('as a text')}`);
const bare = new Error('without a stack');
bare.stack = undefined;
console.log(bare, [bare]);
