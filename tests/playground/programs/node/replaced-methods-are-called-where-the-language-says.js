// What a program replaces of the language is called where the language itself calls it, and so often; await calls none.
// Source: ECMAScript 27.2.4.1 Promise.all, 27.7.5.3 Await
let text = '';
const log = (...list) => {
  for (let i = 0; i < list.length; i++) text += `${list[i]} `;
};
console.log('begin'); // Node makes its streams now
const replace = (owner, name, told) => {
  const native = owner[name];
  owner[name] = function (...list) {
    log(told);
    return native.apply(this, list);
  };
};
replace(Promise.prototype, 'then', 'then');
replace(Promise, 'resolve', 'resolve');
replace(Array.prototype, Symbol.iterator, 'iterate');
replace(Map.prototype, 'set', 'set');
(async () => {
  await 1;
  log('a1');
  await Promise.resolve(2);
  for await (const x of [1, 2]) log('for', x);
  for await (const x of generate()) log('gen', x);
})();
async function* generate() {
  yield* [7];
  return Promise.resolve(8);
}
Promise.all([1, Promise.resolve(2)]).then((v) => log('all', v.length));
Promise.race([1, 2]).then((v) => log('race', v));
Promise.any([Promise.reject(1), 2]).then((v) => log('any', v));
Promise.allSettled([3]).catch(() => {}).finally(() => log('finally')); // prettier-ignore
new Map([[1, 2]]);
const [first] = [5];
Math.max(...[first, 2]);
require('node:timers/promises').setTimeout(2).then(() => log('slept')); // prettier-ignore
setTimeout((a, b) => log('timer', a, b), 1, 1, 2);
process.on('exit', () => process.stdout.write(`${text}\n`));
