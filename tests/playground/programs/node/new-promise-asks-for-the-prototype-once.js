// What is constructed is asked for its prototype once, before the executor runs.
// Source: ECMAScript 27.2.3.1 Promise, 10.1.13 OrdinaryCreateFromConstructor
class Own extends Promise {}
const seen = new Proxy(Own, {
  get(target, key) {
    if (key === 'prototype') console.log('prototype');
    return target[key];
  },
});
const promise = Reflect.construct(Promise, [(resolve) => resolve(console.log('executor'))], seen);
console.log(promise instanceof Own);
promise.then(() => console.log('then'));
