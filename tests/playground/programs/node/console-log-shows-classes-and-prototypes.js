// An object of a class is shown with the class's name; without a prototype it says so.
// Source: Node.js, Util: util.inspect(): constructor names
class Point {
  #hidden = 1;
  constructor(x, y) {
    this.x = x;
    this.y = y;
  }
}
class Tagged {
  get [Symbol.toStringTag]() {
    return 'tag';
  }
}
console.log(new Point(1, 2), [new Point(3, 4)], new (class {})());
console.log(Object.create(null), Object.create({ a: 1 }), Object.assign(Object.create(null), { b: 2 }));
console.log(new Tagged(), new (class extends Array {})(1, 2, 3), new (class Stack extends Map {})());
