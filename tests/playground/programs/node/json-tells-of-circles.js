// JSON.stringify says on which way a circle closes.
// Source: ECMAScript 25.5.2.2 SerializeJSONProperty, SerializeJSONObject 1; the message is the engine's own, here V8's
class Tree {
  constructor() {
    this.children = [];
  }
  add(child) {
    child.parent = this;
    this.children.push(child);
    return this;
  }
}
const self = {};
self.self = self;
const long = { a: { b: { c: { d: { e: {} } } } } };
long.a.b.c.d.e.back = long.a;
const bare = Object.create(null);
bare.bare = { bare };
for (const value of [self, [self], { date: new Date(0), tree: new Tree().add(new Tree()) }, long, bare]) {
  try {
    JSON.stringify(value);
  } catch (error) {
    console.log(error.message);
  }
}
console.log('%j', self, JSON.stringify.length, JSON.stringify({ a: [1, undefined], b: undefined }, null, 1));
