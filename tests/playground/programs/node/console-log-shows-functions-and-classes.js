// Functions are shown by what they are and their name.
// Source: Node.js, Util: util.inspect()
function named() {}
async function later() {}
function* steps() {}
async function* stream() {}
class Base {}
class Derived extends Base {}
console.log(named, later, steps, stream, () => {}, Base, Derived, class {});
console.log([named, later, steps, stream, () => {}, Base, Derived]);
console.log(
  Object.assign(() => {}, { extra: 1 }),
  steps(),
  stream(),
);
