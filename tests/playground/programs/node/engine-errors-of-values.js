// An error of a function of the language says which value it could not take, where the program says it.
// Source: ECMAScript 20.5.6 NativeError Object Structure; the message is the engine's own, here V8's
const wrong = [
  () => 'a'.repeat(-1),
  () => (10).toString(99),
  () => (1.5).toPrecision(200),
  () => BigInt(1.5),
  () => BigInt('x'),
  () => BigInt(undefined),
  () => +1n,
  () => Math.max(1n),
  () => +Symbol('s'),
  () => String.fromCodePoint(-1),
  () => 'a'.normalize('q'),
  () => 'aa'.replaceAll(/a/, ''),
  () => 'aa'.matchAll(/a/),
  () => ''.trim.call(null),
  () => new WeakMap().set('k', 1),
  () => [1].map(3),
  () => [1].forEach(),
  () => [2, 1].sort('x'),
  () => new (() => {})(),
  () => {
    class A extends undefined {}
  },
  () =>
    new (class extends Array {
      constructor() {
        return 1;
      }
    })(),
];
for (const work of wrong) {
  try {
    work();
  } catch (error) {
    console.log(String(error));
  }
}
