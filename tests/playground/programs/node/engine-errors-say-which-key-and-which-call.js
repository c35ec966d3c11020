// An error says which key was computed that could not be read, and of which call the value was no function.
// Source: ECMAScript 20.5.6 NativeError Object Structure; the message is the engine's own, here V8's
const rows = [[1]];
const key = Symbol('key');
const add = (a) => (b) => a + b;
const none = { call: null };
let at = 2;
class Plain {}
const wrong = [
  () => rows[at][0],
  () => rows[0][1][at + 1],
  () => none.call['name'],
  () => none.call[key],
  () => rows[at].length,
  () => add(1)(2)(3),
  () => none.call(),
  () => add(1)(2).text(),
  () => (none.call ?? none.other)(),
  () => (0, none.call)(),
  () => new (add(1)(2))(),
  () => [1](),
  () => add(...at),
  () => add(...none.call),
  () => rows instanceof add,
  () => rows instanceof none.call,
  () => add.apply(null, 1),
  () => Object.defineProperty({}, 'a', { get() {}, value: 1 }),
];
for (const work of wrong) {
  try {
    console.log(work());
  } catch (error) {
    console.log(error.message);
  }
}
console.log(rows[(at, 0)][0], new Plain() instanceof Plain, add(1)(2));
(async () => (await add(1))(2)(3))().catch((error) => console.log(error.message));
