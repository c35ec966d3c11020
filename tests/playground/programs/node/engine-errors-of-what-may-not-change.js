// An error says which property could not be changed, added, deleted or defined, and tells it from a constant variable.
// Source: ECMAScript 10.1.9.2 OrdinarySetWithOwnDescriptor, 13.5.1.2 delete; the message is the engine's own, here V8's
'use strict';
const frozen = Object.freeze({ a: 1, list: Object.freeze([1, 2]) });
const key = 'a';
const onlyRead = {
  get a() {
    return 1;
  },
};
const wrong = [
  () => (frozen.a = 2),
  () => frozen[key]++,
  () => (frozen.list[0] = 3),
  () => (frozen.list.length = 0),
  () => (frozen.b = 2),
  () => (frozen['c'] = 2),
  () => Object.assign(frozen, { a: 2 }),
  () => delete frozen.a,
  () => (onlyRead.a = 2),
  () => (key = 'b'),
  () => Object.defineProperty(frozen, 'd', { value: 1 }),
  () => Object.defineProperty(frozen, 'a', { value: 2 }),
  () => Object.setPrototypeOf(frozen, {}),
  () => Object.create(1),
  () => Object.defineProperty(1, 'a', {}),
  () => new Proxy({}, null),
  () => Reflect.ownKeys(1),
];
for (const work of wrong) {
  try {
    work();
  } catch (error) {
    console.log(String(error));
  }
}
