// Async generators, yield*, for await.
import { TELL, clause } from './clause.mjs';

/** An async iterable that says what is asked of it; `more` replaces its methods. */
const SAYS = `
const says = (n, more = {}) => {
  let i = 0;
  const iterator = {
    next(v) { log('next', v); return Promise.resolve(i < n ? { value: i++, done: false } : { value: 'end', done: true }); },
    return(v) { log('return', v); return Promise.resolve({ value: v, done: true }); },
    ...more,
  };
  return { get [Symbol.asyncIterator]() { log('get'); return function () { log('open', this !== undefined); return iterator; }; } };
};
let c = Promise.resolve();
const count = (n) => { for (let i = 1; i <= n; i++) c = c.then(() => log('job', i)); };
`;

export const PROGRAMS = [
  ...clause('27.6 async generators', {
    'the body runs with the first next': `
      async function* g() { log('body'); const x = yield 1; log('got', x); return 2; }
      const i = g(); log('made'); i.next('lost').then((r) => log(r)); i.next('in').then((r) => log(r)); i.next().then((r) => log(r)); log('sync');`,
    'yield awaits, so does return; jobs of each': `${SAYS}
      async function* g() { yield 1; yield Promise.resolve(2); yield { then(f) { f(3); } }; return Promise.resolve(4); }
      const i = g(); for (let k = 0; k < 5; k++) i.next().then((r) => log(r)); count(14);`,
    'requests queue up': `
      async function* g() { try { log('a', yield 1); log('b', yield 2); } finally { log('finally'); } }
      const i = g(); const tell = (n) => [(r) => log(n, r), (e) => log(n, 'error', e)];
      i.next().then(...tell(1)); i.next('x').then(...tell(2)); i.return('r').then(...tell(3)); i.next().then(...tell(4)); i.throw('t').then(...tell(5)); i.return('last').then(...tell(6));`,
    'throw at a yield, caught and not': `
      async function* g() { try { yield 1; } catch (e) { log('caught', e); yield 'c'; } yield 3; }
      (async () => { const i = g(); log(await i.next()); log(await i.throw('t')); log(await i.next()); try { await i.throw('u'); } catch (e) { log(e); } log(await i.next()); })();`,
    'return at a yield awaits its value': `
      async function* g() { try { yield 1; } catch (e) { log('caught', e); return 'c'; } finally { log('f'); } }
      (async () => { let i = g(); await i.next(); log(await i.return(Promise.resolve('r'))); i = g(); await i.next(); log(await i.return(Promise.reject('bad'))); i = g(); await i.next(); log(await i.return({ then(f) { f('th'); } })); })();`,
    'return and throw before the start': `
      async function* g() { log('never'); }
      (async () => { log(await g().return(Promise.resolve(1))); try { await g().return(Promise.reject(2)); } catch (e) { log(e); } try { await g().throw(3); } catch (e) { log(e); } const i = g(); i.return(4).then((r) => log(r)); i.next().then((r) => log(r)); i.throw(5).catch((e) => log(e)); })();`,
    'at its end': `
      async function* g() {} (async () => { const i = g(); log(await i.next()); log(await i.next()); log(await i.return(Promise.resolve(1))); try { await i.throw(2); } catch (e) { log(e); } try { await i.return(Promise.reject(3)); } catch (e) { log(e); } })();`,
    'return of a promise whose constructor throws': `
      const bad = () => Object.defineProperty(Promise.resolve(1), 'constructor', { get() { throw 'ctor'; } });
      async function* g() { try { yield 1; } catch (e) { log('caught', e); } finally { log('f'); } } const tell = [(r) => log(r), (e) => log('error', e)];
      (async () => { await g().return(bad()).then(...tell); const i = g(); await i.next(); await i.return(bad()).then(...tell); await i.return(bad()).then(...tell); async function* h() { try { yield bad(); } catch (e) { log(e); } try { return bad(); } catch (e) { log('r', e); } } await h().next().then(...tell); })();`,
    'jobs of return, from each state': `${SAYS}
      async function* g() { yield 1; } const i = g(), j = g(), k = g(); i.return(1).then(() => log('start')); j.next(); j.return(2).then(() => log('yield')); k.next(); k.next(); k.return(3).then(() => log('end')); count(12);`,
    'a yield in finally goes on after return': `
      async function* g() { try { yield 1; } finally { yield 'cleanup'; log('after'); } }
      (async () => { const i = g(); await i.next(); log(await i.return('r')); log(await i.next()); log(await i.next()); })();`,
    'yield of a rejection throws inside': `
      async function* g() { try { yield Promise.reject('r'); } catch (e) { log('inside', e); yield 'ok'; } throw 'end'; }
      (async () => { const i = g(); log(await i.next()); try { await i.next(); } catch (e) { log(e); } log(await i.next()); })();`,
    'return of a rejection can be caught': `
      async function* g() { try { return Promise.reject('r'); } catch (e) { log('inside', e); return 'c'; } } g().next().then((r) => log(r));`,
    'a parameter that throws, throws at once': `${TELL}
      async function* g(a = (() => { throw 'bad'; })()) {} const o = { async *m([a]) {} }; class C { async *m({ a }) {} static async *s(a = b, b) {} async *#p(a = (() => { throw 'p'; })()) {} p() { return this.#p(); } }
      tell('f', () => g()); try { o.m(null); } catch (e) { log(e.constructor.name); } try { new C().m(); } catch (e) { log(e.constructor.name); } try { C.s(); } catch (e) { log(e.constructor.name); } tell('private', () => new C().p());`,
    prototypes: `
      async function* g() {} const i = g(); const G = Object.getPrototypeOf(g), P = G.prototype, A = Object.getPrototypeOf(P);
      log(i instanceof g, Object.getPrototypeOf(i) === g.prototype, Object.getPrototypeOf(g.prototype) === P, P.constructor === G, i[Symbol.asyncIterator]() === i, Object.prototype.toString.call(i), String(Reflect.ownKeys(A).map(String)), G.constructor.name, Object.getPrototypeOf(G) === Function.prototype);
      for (const o of [G, P, A, g]) for (const k of Reflect.ownKeys(o)) { const d = Object.getOwnPropertyDescriptor(o, k); log(String(k), d.writable, d.enumerable, d.configurable, typeof d.value, typeof d.value === 'function' ? [d.value.name, d.value.length] : ''); }
      g.prototype = null; log(Object.getPrototypeOf(g()) === P); g.prototype = { own: 1 }; log(g().own); class C { async *m() {} static async *[Symbol.asyncIterator]() { yield 's'; } } log(typeof new C().m.prototype, C.prototype.m.prototype !== C.prototype.m); (async () => { for await (const x of C) log(x); })();`,
    'receivers that are none': `
      async function* g() {} const P = Object.getPrototypeOf(g).prototype; for (const v of [undefined, 1, {}, (function* () {})(), g]) for (const k of ['next', 'return', 'throw']) P[k].call(v, 'x').then(() => log('no'), (e) => log(k, e.constructor.name));`,
    'a call from inside waits': `
      let i; async function* g() { log('in'); i.next().then((r) => log('inner', r)); await 0; yield 1; yield 2; } i = g(); i.next().then((r) => log('outer', r));`,
    'the objects of results are new, and have a prototype': `
      async function* g() { yield 1; } (async () => { const r = await g().next(); log(Object.keys(r), Object.getPrototypeOf(r) === Object.prototype); })();`,
    'arguments, this, a name': `
      const o = { x: 1, async *m(a) { yield this.x; yield arguments.length; yield a; }, f: async function* me() { yield me.name; } }; (async () => { for await (const x of o.m(5, 6)) log(x); for await (const x of o.f()) log(x); })();`,
    'yield as an expression: in calls, templates, with a comma, alone': `
      async function* g() { log(yield, yield 1); log(\`\${yield 2}\`); const x = [yield, (yield, 5)]; log(x); return yield yield 3; }
      (async () => { const i = g(); for (let k = 0; k < 10; k++) log(await i.next(k)); })();`,
    'loops with yield, await and labels': `
      async function* g() { outer: for (let i = 0; ; i++) { for (const x of [1, 2, 3]) { if (x === 2) continue outer; if (i === 2) break outer; yield await (i * 10 + x); } } }
      (async () => { for await (const x of g()) log(x); })();`,
  }),
  ...clause('15.5.5 yield*', {
    'of an async generator: what it returns, its jobs': `${SAYS}
      async function* inner() { const x = yield 1; log('inner', x); return 'r'; } async function* g() { log('result', yield* inner()); }
      (async () => { const i = g(); log(await i.next('a')); log(await i.next('b')); })(); count(14);`,
    'of what has only Symbol.iterator': `${SAYS}
      async function* g() { log(yield* [1, Promise.resolve(2), Promise.reject(3)]); } (async () => { const i = g(); log(await i.next()); log(await i.next()); try { await i.next(); } catch (e) { log(e); } log(await i.next()); })(); count(14);`,
    'asks what it needs, in order': `${SAYS}
      async function* g() { log('r', yield* says(2)); } (async () => { const i = g(); for (const x of 'abcd') log(await i.next(x)); })();`,
    'throw and return go through': `${SAYS}
      async function* g() { try { log('r', yield* says(9, { throw(e) { log('throw', e); return { value: 'T', done: e === 'end' }; } })); yield 'after'; } finally { log('f'); } }
      (async () => { const i = g(); await i.next(); log(await i.throw('go')); log(await i.throw('end')); log(await i.return('x')); const j = g(); await j.next(); log(await j.return(Promise.resolve('y'))); log(await j.next()); })(); count(20);`,
    'return that is not done goes on': `${SAYS}
      async function* g() { log('r', yield* says(9, { return(v) { log('ret', v); return { value: 'R' + v, done: v === 2 }; } })); } (async () => { const i = g(); await i.next(); log(await i.return(1)); log(await i.next()); log(await i.return(2)); })();`,
    'without throw: closes, and a TypeError': `${SAYS}
      async function* g() { try { yield* says(9); } catch (e) { log(e); } } (async () => { const i = g(); await i.next(); log(await i.throw('t')); async function* h() { yield* says(9, { return: undefined }); } const j = h(); await j.next(); try { await j.throw('t'); } catch (e) { log(e); } const k = h(); await k.next(); log(await k.return(Promise.resolve('r'))); })();`,
    'errors at each step': `${SAYS}
      async function* g(x) { try { yield* x; } catch (e) { log('caught', e); } }
      const run = async (x, ...steps) => { const i = g(x); for (const [way, v] of [['next'], ...steps]) { try { log(await i[way](v)); } catch (e) { log('out', e); } } };
      (async () => { await run(says(1, { next() { throw 'n'; } })); await run(says(1, { next: () => 5 })); await run(says(1, { next: () => Promise.reject('rej') })); await run(says(1, { next: () => ({ get done() { throw 'd'; } }) })); await run(says(1, { next: () => ({ get value() { throw 'v'; } }) }));
        await run(says(9, { throw: () => { throw 'th'; } }), ['throw', 1]); await run(says(9, { throw: () => 5 }), ['throw', 1]); await run(says(9, { throw: 5 }), ['throw', 1]); await run(says(9, { return: () => 5 }), ['return', 1]); await run(says(9, { return: () => Promise.reject('rr') }), ['return', 1]); await run(says(9, { get return() { throw 'gr'; } }), ['return', 1]); await run(5); await run(null); await run({ [Symbol.asyncIterator]: 5 }); await run({ [Symbol.asyncIterator]: () => 5 }); await run({ [Symbol.asyncIterator]: null, [Symbol.iterator]: () => [1][Symbol.iterator]() }); })();`,
    'values are not awaited, as with yield': `
      async function* g() { yield* { [Symbol.asyncIterator]: () => ({ next: () => ({ value: Promise.resolve(1), done: false }) }) }; } g().next().then((r) => log(r.value instanceof Promise, r.done));`,
    'throw into what has only Symbol.iterator, with and without throw; a rejection there': `
      const it = (more) => ({ [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }), return() { log('return'); return {}; }, ...more }) });
      async function* g(x) { try { yield* x; } catch (e) { log('caught', e); } } const run = async (x) => { const i = g(x); log(await i.next()); try { log(await i.throw('t')); } catch (e) { log('out', e); } };
      (async () => { await run(it()); await run(it({ return: undefined })); await run(it({ return: () => 5 })); await run(it({ throw: (e) => ({ value: e, done: true }) })); await run(it({ throw: () => ({ value: Promise.reject('rej'), done: false }) })); await run(it({ throw: () => ({ value: Promise.reject('rej'), done: true }) })); await run(it({ next: () => ({ value: Promise.reject('n'), done: false }) })); })();`,
    'in a sync generator': `
      function* g() { const r = yield* [1, 2]; log(r); try { yield 3; } catch (e) { log('c', e); } finally { yield 'f'; } return 4; } const i = g(); log(i.next(), i.next(), i.next(), i.throw('t'), i.next(), i.next()); const j = g(); j.next(); log(j.return(9), [...g()].length);`,
    deep: `async function* a(n) { if (n > 0) yield* a(n - 1); yield n; } (async () => { for await (const x of a(5)) log(x); })();`,
  }),
  ...clause('14.7.5.7 for await', {
    'of an async iterable: what it asks, its jobs': `${SAYS} (async () => { for await (const x of says(2)) log(x); log('end'); })(); count(8);`,
    'of a sync iterable: promises are awaited': `${SAYS} (async () => { for await (const x of [1, Promise.resolve(2), { then(f) { f(3); } }]) log(x); log('end'); })(); count(14);`,
    'of a sync iterable: a rejection': `
      const it = { [Symbol.iterator]() { let i = 0; return { next: () => ({ value: i++ ? Promise.reject('r') : 0, done: false }), return() { log('return'); return {}; } }; } }; (async () => { try { for await (const x of it) log(x); } catch (e) { log(e); } })();`,
    'break, return and throw close it, and await that': `${SAYS}
      (async () => { for await (const x of says(5)) { if (x === 1) break; } log('broke'); const f = async () => { for await (const x of says(5)) return 'v' + x; }; log(await f()); try { for await (const x of says(5)) throw 'e'; } catch (e) { log(e); } })(); count(12);`,
    'continue, to a label outside too': `${SAYS}
      (async () => { outer: for (const y of [1, 2]) for await (const x of says(3)) { if (x === 0) continue; if (y === 2) break outer; log(x); continue outer; } a: b: for await (const x of [1, 2]) { if (x === 1) continue a; log(x); break b; } })();`,
    'the end of the iterator does not close it': `${SAYS} (async () => { for await (const x of says(1)); try { for await (const x of says(1, { next: () => Promise.reject('n') })); } catch (e) { log(e); } })();`,
    'errors of next, its result, done and value do not close it': `${SAYS}
      (async () => { for (const next of [() => { throw 1; }, () => 5, () => ({ get done() { throw 2; } }), () => ({ get value() { throw 3; } }), 5]) { try { for await (const x of says(1, { next })) log(x); } catch (e) { log(e); } } })();`,
    'errors of the binding close it': `${SAYS} (async () => { try { for await (const { a = (() => { throw 'd'; })() } of says(2)) log('no'); } catch (e) { log(e); } try { for await (const [b] of says(2)) log('no'); } catch (e) { log(e.constructor.name); } const o = { set x(v) { throw 's' + v; } }; try { for await (o.x of says(2)) log('no'); } catch (e) { log(e); } })();`,
    'errors of return: the error of the body wins': `${SAYS}
      (async () => { const bad = [() => { throw 'r'; }, () => Promise.reject('rej'), () => 5, 5, null, undefined]; for (const r of bad) { try { for await (const x of says(1, { return: r })) throw 'body'; } catch (e) { log(e); } try { for await (const x of says(1, { return: r })) break; log('fine'); } catch (e) { log('closing', e); } } try { for await (const x of says(1, { get return() { throw 'never'; } })) log(x); } catch (e) { log(e); } })();`,
    'what is not iterable': `${SAYS}
      (async () => { const o = {}, n = 5; for (const f of [async () => { for await (const x of o); }, async () => { for await (const x of n); }, async () => { for await (const x of o.a); }, async () => { for await (const x of null); }, async () => { for await (const x of {}); }]) await f().catch((e) => log(e)); for (const v of [{ [Symbol.asyncIterator]: 1 }, { [Symbol.asyncIterator]: () => 1 }, { [Symbol.iterator]: () => 1 }, { [Symbol.asyncIterator]: () => ({}) }, { [Symbol.asyncIterator]: undefined, [Symbol.iterator]: 5 }]) { try { for await (const x of v); } catch (e) { log(e); } } })();`,
    'of a sync iterable: jobs of closing, with and without return': `${SAYS}
      const it = (more) => ({ [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }), ...more }) });
      const f = async (name, list) => { for await (const x of list) return name; }; f('none', [1]).then((v) => log(v)); f('own', it({ return: () => ({}) })).then((v) => log(v)); f('undefined', it({ return: undefined })).then((v) => log(v)); f('bad', it({ return: () => undefined })).catch((v) => log(v)); f('getter', it({ get return() { throw 'g'; } })).catch((v) => log(v)); (async () => { for await (const x of [1]) throw 'e'; })().catch((v) => log(v)); count(9);`,
    'kinds of heads': `
      (async () => { for await (var a of [1]); log(a); let b; for await (b of [2]); log(b); const o = {}; for await (o.c of [3]); for await ([o.d, o.e = 5] of [[4]]); for await ({ f: o.f } of [{ f: 6 }]); log(o); for await (const { g, ...r } of [{ g: 7, h: 8 }]) log(g, r); for await (let i of [1, 2]) { i++; log(i); } })();`,
    'a closure a round': `(async () => { const fs = []; for await (const x of [1, 2]) fs.push(() => x); for await (let y of [3]) { fs.push(() => y); y = 9; } log(fs.map((f) => f())); })();`,
    'names in the body hide those of the head': `(async () => { for await (const x of [1]) { const x = 2; log(x); } for await (const x of [1]) log(x); })();`,
    'in an async generator, which is returned': `${SAYS}
      async function* g() { try { for await (const x of says(9)) yield x; } finally { log('f'); } } (async () => { for await (const x of g()) { log('got', x); if (x) break; } const i = g(); await i.next(); log(await i.return('r')); const j = g(); await j.next(); try { await j.throw('t'); } catch (e) { log(e); } })(); count(30);`,
    'return in its body, through finally': `${SAYS} const f = async () => { try { for await (const x of says(2)) { try { return x; } finally { log('inner', await 1); } } } finally { log('outer'); } }; f().then((v) => log(v));`,
    'two, one in the other': `(async () => { for await (const x of [1, 2]) for await (const y of [3, 4]) { if (y === 4) continue; log(x, y); } })();`,
    'await in its head and body': `(async () => { for await (const x of await Promise.resolve([await 1, 2])) { const y = await x; log(y); } })();`,
    'next is asked once': `(async () => { let n = 0; for await (const x of { [Symbol.asyncIterator]: () => ({ get next() { n++; let i = 0; return () => ({ value: i, done: i++ > 1 }); } }) }) log(x, n); })();`,
    'results may be plain, or any thenable': `(async () => { let i = 0; for await (const x of { [Symbol.asyncIterator]: () => ({ next: () => (i++ < 2 ? { value: i, done: false } : { then(f) { f({ done: true }); } }) }) }) log(x); })();`,
    'var in its body, and a function': `(async () => { for await (const x of [1]) { var v = x; function h() { return v; } } log(v, h()); })();`,
  }),
  ...clause('27.1.6 an async iterator out of one that is none', {
    'hands on what it was given, and nothing where it was given nothing': `
      const it = () => ({ [Symbol.iterator]() { let i = 0; const said = (what) => (...given) => (log(what, given.length, given[0]), { value: what, done: i++ > 1 }); return { next: said('next'), return: said('return'), throw: said('throw') }; } });
      async function* g(x) { return yield* x; } (async () => { for await (const x of it()) { if (x) break; } const i = g(it()); await i.next('first'); await i.next('second'); await i.return('r'); const j = g(it()); await j.next(); await j.throw('t'); })();`,
    'reads done, then value, once': `
      const result = (done) => ({ get done() { log('done'); return done; }, get value() { log('value'); return { then(f) { log('then'); f('v'); } }; } }); let n = 0;
      (async () => { for await (const x of { [Symbol.iterator]: () => ({ next: () => result(n++ > 0) }) }) log(x); async function* g() { log('r', yield* { [Symbol.iterator]: () => ({ next: () => result(true) }) }); } log(await g().next()); })();`,
    'its results are new objects': `
      const own = { value: 1, done: false, more: 2 }; async function* g() { yield* { [Symbol.iterator]: () => ({ next: () => own }) }; } g().next().then((r) => log(r === own, Object.keys(r), Object.getPrototypeOf(r) === Object.prototype));`,
    'errors of the iterator, wherever': `
      const it = (next, more) => ({ [Symbol.iterator]: () => ({ next, ...more }) });
      const run = async (x, way, v) => { const i = (async function* () { yield* x; })(); try { if (way) await i.next(); log(await i[way ?? 'next'](v)); } catch (e) { log(e instanceof Error ? e.constructor.name : e); } };
      const one = () => ({ value: 1, done: false });
      (async () => { await run(it(() => { throw 'next'; })); await run(it(() => 5)); await run(it(() => ({ get done() { throw 'done'; } }))); await run(it(() => ({ get value() { throw 'value'; } }))); await run(it(5));
        for (const way of ['return', 'throw']) { for (const f of [() => { throw way; }, () => 5, () => ({ get done() { throw 'done'; } }), () => ({ get value() { throw 'value'; } }), () => ({ value: Promise.reject('rejected'), done: true }), () => ({ value: Promise.resolve('v'), done: true }), 5]) await run(it(one, { [way]: f }), way, 'x'); await run(it(one, { get [way]() { throw 'get'; } }), way); } await run(it(one, { return: null }), 'return', Promise.resolve('r')); await run(it(one), 'return', Promise.reject('rr')); await run({ [Symbol.iterator]() { throw 'iterator'; } }); await run({ [Symbol.iterator]: () => 5 }); })();`,
    'of a promise that cannot be asked for its constructor': `
      const bad = () => Object.defineProperty(Promise.resolve(1), 'constructor', { get() { throw 'constructor'; } });
      (async () => { for (const done of [true, false]) { try { for await (const x of { [Symbol.iterator]: () => ({ next: () => ({ value: bad(), done }) }) }) log(x); log('fine'); } catch (e) { log(done, e); } } })();`,
    'an iterator that has both is asked for the async one; null is none': `
      const both = (asyncOne) => ({ [Symbol.asyncIterator]: asyncOne, [Symbol.iterator]: () => [1][Symbol.iterator]() }); const run = async (x) => { for await (const y of x) log(y); };
      (async () => { await run(both(() => [][Symbol.iterator]())); await run(both(null)); await run(both(undefined)); await run(both(5)).catch((e) => log(e.constructor.name)); })();`,
  }),
  ...clause('27.1.3 %AsyncIteratorPrototype%', {
    'is the iterator of whatever it is called on': `
      const A = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}.prototype)); const f = A[Symbol.asyncIterator]; for (const v of [undefined, 5, 'x', A]) log(f.call(v) === v); const o = Object.create(A); log(o[Symbol.asyncIterator]() === o);`,
  }),
  ...clause('7.4 jobs of iteration', {
    'results that are promises, and their constructors': `${SAYS}
      const asked = (v) => Object.defineProperty(Promise.resolve(v), 'constructor', { get() { log('constructor'); return Promise; } }); let n = 0;
      (async () => { for await (const x of { [Symbol.asyncIterator]: () => ({ next: () => asked({ value: n, done: n++ > 1 }) }) }) log(x); for await (const x of [asked('a'), asked('b')]) log(x); })(); count(16);`,
    'values of an async iterator are not awaited': `${SAYS}
      let n = 0; (async () => { for await (const x of { [Symbol.asyncIterator]: () => ({ next: () => ({ value: Promise.resolve(n), done: n++ > 0 }) }) }) log(x instanceof Promise); log('end'); })(); count(5);`,
    'what return gives is awaited, a thenable too': `${SAYS}
      const it = (r) => ({ [Symbol.asyncIterator]: () => ({ next: () => ({ value: 1 }), return: () => r }) });
      for (const r of [{}, Promise.resolve({}), { then(f) { log('then'); f({}); } }]) (async () => { for await (const x of it(r)) break; log('broke'); })(); count(6);`,
  }),
  ...clause('15.5 yield in an async generator', {
    'in spreads, patterns and keys': `
      async function* g() { log([...(yield 'list'), ...(yield 'more')]); log({ ...(yield 'object'), [yield 'key']: yield 'value' }); const { a = yield 'default', ...r } = yield 'pattern'; log(a, r); [r[yield 'place']] = [yield 'right']; log(r); }
      (async () => { const i = g(); const given = [undefined, [1], [2], { x: 1 }, 'k', 'v', { b: 2 }, 'A', 'p', 'R']; for (const x of given) log((await i.next(x)).value); })();`,
    'return and throw while requests wait': `
      async function* g() { try { yield 1; yield 2; } finally { await 0; log('finally'); } } const i = g(); const tell = (n) => [(r) => log(n, r), (e) => log(n, 'error', e)];
      i.next().then(...tell('a')); i.return(Promise.resolve('r')).then(...tell('b')); i.next().then(...tell('c')); i.throw('t').then(...tell('d')); i.return(Promise.reject('q')).then(...tell('e')); i.next().then(...tell('f'));`,
    'an error while requests wait ends it': `
      async function* g() { yield 1; throw 'own'; } const i = g(); const tell = (n) => [(r) => log(n, r), (e) => log(n, 'error', e)];
      for (const n of 'abcd') i.next().then(...tell(n)); i.throw('later').then(...tell('e')); i.return('r').then(...tell('f'));`,
    'a rejection that is yielded, to each who may ask': `
      async function* g() { yield Promise.reject('r'); } async function* h() { try { yield* g(); } catch (e) { log('h', e); } yield* [Promise.reject('list')]; }
      (async () => { try { for await (const x of g()) log('no'); } catch (e) { log('for', e); } const i = h(); await i.next().catch((e) => log('next', e)); log(await i.next()); })();`,
  }),
];
