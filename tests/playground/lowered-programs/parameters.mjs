// Parameters that are patterns, and what they ask of iterators: where a body would await, errors reject; a generator's
// are thrown at once.
import { TELL, clause } from './clause.mjs';

/** A list of numbers that says when it is closed. */
const LIST = `
const list = (length, more) => ({ [Symbol.iterator]() {
  let i = 0;
  return { next: () => ({ value: i, done: i++ >= length }), return() { log('closed'); return {}; }, ...more };
} });
const bad = () => { throw 'bad'; };
`;

/** Calls with arguments that do not fit. */
const ILL_CALLED = `
for (const [name, f, ...given] of [
  ['default', async ([a = bad()]) => {}, [undefined]], ['key', async ({ [bad()]: a }) => {}, {}],
  ['getter', async ({ a }) => {}, { get a() { throw 'getter'; } }],
  ['rest', async ([...[a]]) => {}, list(2, { next() { throw 'next'; } })],
  ['iterator', async ([a]) => {}, { [Symbol.iterator]() { throw 'iterator'; } }],
  ['none', async ([a]) => {}, { [Symbol.iterator]: () => ({ next: () => 5 }) }],
  ['value', async ([a]) => {}, list(2, { next: () => ({ get value() { throw 'value'; } }) })],
  ['closing', async ([a]) => {}, list(2, { return: bad })], ['inner', async ([{ a }]) => {}, [null]],
  ['closed', async ([a = bad()]) => {}, list(2, { next: () => ({ done: false }) })],
])
`;

export const PROGRAMS = [
  ...clause('15.8.4 parameters of async functions', {
    'lists are read as far as is needed, and closed': `${LIST}
      (async ([a, , b, c = 'default']) => log(a, b, c))(list(3)); (async ([a]) => log(a))(list(3)); (async ([]) => log('none'))(list(3));
      (async ([a, ...rest]) => log(a, rest))(list(3)); (async ([...[a, b]]) => log(a, b))(list(3)); (async ([[a] = [9]]) => log(a))([]);`,
    'objects: keys in order, the rest': `
      (async ({ [(log('key'), 'a')]: a = (log('default'), 1), ...rest }) => log(a, rest))({ b: 2, c: 3, get d() { log('get'); return 4; } });
      (async ({ a: { b } = { b: 5 } }) => log(b))({}); (async ({ length }) => log(length))('text');`,
    'what does not fit rejects': `${LIST} ${ILL_CALLED} f(...given).then(() => log(name, 'fine'), (e) => log(name, e instanceof Error ? e.constructor.name : e)); log('sync');`,
    'a default that reads itself, or a later one, rejects': `
      const told = (f, ...given) => f(...given).then((v) => log(v), (e) => log(e.constructor.name));
      told(async (a = a) => a); told(async (a = b, b) => a); told(async (a, b = a) => b, 1); told(async (a = () => b, b = 2) => a());
      told(async function f(a = f) { return a === f; }); told(async (a = this) => typeof a, 3); log('sync');`,
    'defaults give names': `
      (async ([f = function () {}, g = class {}, h = () => {}, i = async () => {}], { j = async function* () {} } = {}) => log(f.name, g.name, h.name, i.name, j.name))([]);`,
    'a body has its own variables; parameters see those outside': `
      var x = 'outer'; (async (a = () => x) => { var x = 'inner'; log(a(), x); })(); (async (a, b = () => a) => { var a; log(a); a = 2; await 0; log(a, b()); })(1);`,
    'arguments, where a parameter is not simple': `
      (async function (a, b = 2) { a = 9; await 0; log(arguments.length, arguments[0], arguments[1]); })(1); (async function (a) { a = 9; await 0; log(arguments[0]); })(1); (async function (a) { 'use strict'; a = 9; await 0; log(arguments[0]); })(1);`,
  }),
  ...clause('15.6.2 parameters of async generators', {
    'lists are read when it is called, and closed': `${LIST}
      const i = (async function* ([a, ...rest]) { log('body'); yield a; yield rest; })(list(3)); log('called'); i.next().then((r) => log(r)); i.next().then((r) => log(r));
      (async function* ([a]) { log('never'); })(list(3)); ({ async *m([]) {} }).m(list(1)); log('end');`,
    'what does not fit is thrown at once': `${TELL} ${LIST} ${ILL_CALLED.replaceAll('async (', 'async function* (').replaceAll(') => {}', ') {}')}
      try { f(...given); log(name, 'fine'); } catch (e) { log(name, e instanceof Error ? e.constructor.name : e); }`,
    'defaults of a yield that is a name outside': `
      (async function () { var yields = 1; async function* g(a = yields, b = () => a) { yield a; yield b(); } for await (const x of g()) log(x); })();`,
  }),
  ...clause('14.11 with', {
    'a name that is kept out of it, around an await': `
      (async function () { var x = 2; const o = { x: 1, y: 1, [Symbol.unscopables]: { x: true } }; with (o) { x = await 3; y = await 4; } log(x, o.x, o.y); })();`,
  }),
];
