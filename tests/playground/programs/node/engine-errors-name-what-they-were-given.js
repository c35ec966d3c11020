// An error of a RegExp, of `in`, or of a list that cannot grow tells of the values that it was given.
// Source: ECMAScript 20.5.6 NativeError Object Structure; the message is the engine's own, here V8's
const five = 5;
const list = Object.freeze([1, 2, 3]);
const above = {};
class Private {
  #x = 1;
  static has = (value) => #x in value;
}
const wrong = [
  () => 'key' in five,
  () => Symbol('s') in null,
  () => above in 'text',
  () => Private.has(five),
  () => new RegExp('(a'),
  () => RegExp('[b-a]', 'u'),
  () => new RegExp('a)|*', 'g'),
  () => new RegExp('a', 'gg'),
  () => new RegExp('\\'),
  () => new RegExp('x{2,1}|(?<n>a)(?<n>b)'),
  () => 'a'.match('['),
  () => 'a'.includes(/a/),
  () => list.push(4),
  () => list.pop(),
  () => list.splice(0, 0, 5),
  () => Object.setPrototypeOf(above, Object.create(above)),
];
for (const work of wrong) {
  try {
    console.log(work());
  } catch (error) {
    console.log(String(error));
  }
}
const regular = /a/g;
console.log(RegExp(regular) === regular, new RegExp(regular) === regular, regular.constructor === RegExp);
console.log('key' in above, 0 in list, Private.has(new Private()), RegExp.length, [].push.length);
