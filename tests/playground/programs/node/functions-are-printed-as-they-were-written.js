// A function as a string is the source as it was written, comments and all.
// Source: ECMAScript 20.2.3.5 Function.prototype.toString
async function first(a, b = 1) {
  await a; // b is not used
}
const object = {
  async method() {},
  get value() {
    return 1;
  },
  async *[Symbol.asyncIterator]() {},
};
class Thing extends Object {
  static async make() {
    return new Thing();
  }
}
console.log(String(first));
console.log(String(object.method), String(object[Symbol.asyncIterator]));
console.log(String(Object.getOwnPropertyDescriptor(object, 'value').get));
console.log(String(Thing), String(Thing.make));
console.log(`${async (x) => await x} ${(x) => x} ${Math.max}`);
