// What a class keeps private of another object cannot be read or written, and a private method not be replaced.
// Source: ECMAScript 7.3.31 (PrivateGet), 7.3.32 (PrivateSet)
class Box {
  #value = 1;
  #open() {}
  static read = (box) => box.#value;
  static write = (box) => (box.#value = 2);
  static replace = (box) => (box.#open = 3);
}
for (const [act, box] of [
  [Box.read, {}],
  [Box.write, {}],
  [Box.replace, new Box()],
]) {
  try {
    act(box);
  } catch (error) {
    console.log(error.message);
  }
}
