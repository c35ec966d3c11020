// A chain of promises lets one in at a time, in the order of asking.
// Source: ECMAScript 27.2.5.4 Promise.prototype.then
let last = Promise.resolve();
function locked(job) {
  const mine = last.then(job);
  last = mine.catch(() => {});
  return mine;
}
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
for (const [name, ms] of [
  ['a', 30],
  ['b', 1],
  ['c', 1],
]) {
  locked(async () => {
    console.log(name, 'in');
    await wait(ms);
    if (name === 'b') throw new Error('b fails');
    console.log(name, 'out');
  }).catch((error) => console.log(error.message));
}
