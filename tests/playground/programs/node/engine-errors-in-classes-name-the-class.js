// In strict code an assignment that is refused says of which object, by its class, and by which key.
// Source: ECMAScript 10.1.9.2 OrdinarySetWithOwnDescriptor; the message is the engine's own, here V8's
const log = (work) => {
  try {
    console.log(work());
  } catch (error) {
    console.log(String(error));
  }
};
class Point {
  x = 1;
  list = Object.freeze(['a']);
  constructor() {
    Object.freeze(this);
  }
  get size() {
    return 1;
  }
  set(key, value) {
    this[key] = value;
  }
  more() {
    return this.x++;
  }
  wrong() {
    log(() => this.more());
    log(() => (this.x += 2));
    log(() => this.set('y', 1));
    log(() => this.set('size', 1));
    log(() => (this.list[0] = 'b'));
    log(() => (this.list[this.list.length] = 'b'));
    log(() => ('text'.length = 1));
    log(() => ((5).x = 1));
    log(() => (new Proxy({}, { set: () => false }).a = 1));
  }
}
new Point().wrong();
const free = { n: 1n, list: [1] };
log(() => [free.n++, ++free.n, (free.list[0] += 1), free.list[0]--, free.list]);
