// A promise is shown with its state and value.
// Source: Node.js, Util: util.inspect(): Promise
const pending = new Promise(() => {});
const rejected = Promise.reject(new Error('no'));
rejected.catch(() => {});
console.log(pending, Promise.resolve(1), Promise.resolve({ a: [1, 'b'] }));
const word = Promise.reject('a word');
word.catch(() => {});
console.log(word, [Promise.resolve('inside')]);
class Mine extends Promise {}
console.log(Mine.resolve(1), (async () => 'async')());
