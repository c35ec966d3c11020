// An async function has the name and the length of any function, and cannot be constructed.
// Source: ECMAScript 27.7 AsyncFunction Objects
async function load(a, b = 1, ...rest) {}
const arrow = async (a, b) => {};
console.log(load.name, load.length, arrow.name, arrow.length);
console.log(Object.prototype.toString.call(load), 'prototype' in load);
try {
  new load();
} catch (error) {
  console.log(error.name);
}
console.log(load() instanceof Promise);
