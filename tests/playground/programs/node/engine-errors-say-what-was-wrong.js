// An error that the engine throws says what was called, read, iterated or taken apart.
// Source: ECMAScript 20.5.6 NativeError Object Structure, message is the engine's own; here V8's
let nothing;
const empty = {};
class Base {}
const wrong = [
  () => empty.work(),
  () => nothing(),
  () => empty.deep.er.est,
  () => (nothing.value = 1),
  () => new nothing(),
  () => Base(),
  () => {
    for (const item of empty);
  },
  () => [...empty],
  () => {
    const [first] = empty;
  },
  () => {
    const { first } = nothing;
  },
  () => missing,
  () => {
    early;
    let early;
  },
  () => {
    const fixed = 1;
    fixed++;
  },
  () => 1n + 1,
  () => [].reduce((a, b) => a + b),
];
for (const work of wrong) {
  try {
    work();
  } catch (error) {
    console.log(String(error));
  }
}
