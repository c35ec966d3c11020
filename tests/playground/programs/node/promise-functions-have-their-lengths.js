// Names, lengths and tags of what Promise is made of.
// Source: ECMAScript 27.2.4 Properties of the Promise Constructor; 27.2.5 Properties of the Promise Prototype Object
console.log(Object.prototype.toString.call(Promise.resolve()));
for (const name of ['then', 'catch', 'finally']) console.log(name, Promise.prototype[name].length);
for (const name of ['all', 'allSettled', 'any', 'race', 'reject', 'resolve']) console.log(name, Promise[name].length);
const { value, writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(Promise, 'prototype');
console.log(value === Promise.prototype, writable, enumerable, configurable);
new Promise((resolve, reject) => console.log(resolve.length, reject.length, resolve.name === ''));
