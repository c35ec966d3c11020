// Promise: the order of its jobs, what it calls, its properties.
import { TELL, clause } from './clause.mjs';

export const PROGRAMS = [
  ...clause('27.2 promises: order', {
    'then, catch, finally': `
    Promise.resolve(1).then((v) => (log(v), 2)).then((v) => { throw v; }).catch((e) => (log('c', e), 3)).finally(() => log('f')).then((v) => log(v));
    Promise.reject(4).then(log, (e) => log('r', e)); Promise.reject(5).finally(() => { throw 6; }).catch((e) => log(e));
    Promise.resolve(7).finally(() => Promise.reject(8)).catch((e) => log(e)); Promise.resolve(9).then(5).then((v) => log(v)); Promise.reject(10).then(5).catch(undefined).catch((e) => log(e));`,
    'resolve with a promise, a thenable, itself': `
    let r; const p = new Promise((f) => (r = f)); r(Promise.resolve(1)); r(2); p.then((v) => log(v)); let s; const q = new Promise((f) => (s = f)); s(q); q.catch((e) => log(e));
    new Promise((f) => f({ then(g, h) { log('then'); g(3); h(4); throw 5; } })).then((v) => log(v)); let c = Promise.resolve(); for (let i = 0; i < 6; i++) c = c.then(() => log('c', i));`,
    'resolving functions act once': `
    new Promise((f, r) => { f(1); r(2); throw 3; }).then((v) => log(v)); new Promise((f, r) => { r(1); f(2); }).catch((e) => log(e)); new Promise(() => { throw 4; }).catch((e) => log(e));`,
    'reactions in their order': `
    let r; const p = new Promise((f) => (r = f)); for (let i = 0; i < 3; i++) p.then(() => log(i)); queueMicrotask(() => log('m')); r(); p.then(() => log('late')); log('sync');`,
    'then is called on what was replaced': `
    const p = Promise.resolve(1); p.then = function (...a) { log('own then', a.length); return Promise.prototype.then.apply(this, a); };
    p.catch(() => {}); p.finally(() => {}); Promise.resolve(p).then((v) => log(v)); new Promise((f) => f(p)).then((v) => log(v)); (async () => log('await', await p))(); (async () => p)().then((v) => log(v)); Promise.all([p]).then((v) => log(v));`,
    'Promise.prototype.then was replaced': `
    const then = Promise.prototype.then; Promise.prototype.then = function (...a) { log('then'); return then.apply(this, a); };
    (async () => { await Promise.resolve(1); log('awaited'); await 2; })(); (async () => Promise.resolve(3))(); Promise.resolve(1).finally(() => log('f')); Promise.prototype.then = then;`,
    'all, allSettled, any, race': `
    const t = (v) => ({ then(f, r) { v < 0 ? r(v) : f(v); } });
    Promise.all([1, Promise.resolve(2), t(3)]).then((v) => log('all', v)); Promise.all([1, Promise.reject(2), t(-3)]).catch((e) => log('all', e)); Promise.all([]).then((v) => log('none', v));
    Promise.allSettled([1, Promise.reject(2), t(-3)]).then((v) => log(v)); Promise.any([Promise.reject(1), t(-2), 3]).then((v) => log('any', v)); Promise.any([Promise.reject(1), t(-2)]).catch((e) => log(e, e.errors, Object.keys(e))); Promise.any([]).catch((e) => log(e, e instanceof AggregateError));
    Promise.race([new Promise(() => {}), Promise.resolve(1), 2]).then((v) => log('race', v)); Promise.race([t(-1), 1]).then((v) => log(v), (e) => log('race', e)); Promise.race([]).then(() => log('never'));
    let c = Promise.resolve(); for (let i = 0; i < 8; i++) c = c.then(() => log('c', i));`,
    'their iterators are closed when resolve or then throws, not when next does': `${TELL}
    const it = (next) => ({ [Symbol.iterator]: () => ({ next, return() { log('closed'); throw 'closing'; } }) });
    class P extends Promise {} P.resolve = () => { throw 'resolve'; }; tell('resolve', () => P.all(it(() => ({ value: 1 }))));
    tell('then', () => Promise.race(it(() => ({ value: Object.assign(Promise.resolve(), { then() { throw 'then'; } }) }))));
    tell('next', () => Promise.all(it(() => { throw 'next'; }))); tell('value', () => Promise.any(it(() => ({ get value() { throw 'value'; } })))); tell('done', () => Promise.allSettled(it(() => ({ get done() { throw 'done'; } }))));
    tell('object', () => Promise.all(it(() => 1)));`,
    'their resolve is asked once, then for each': `
    class P extends Promise { static get resolve() { log('get'); return function (v) { log('resolve', v, this === P); return Promise.resolve(v); }; } static get [Symbol.species]() { log('species'); return P; } }
    P.all([1, 2]).then((v) => log(v)); P.race([]); P.any([1]); P.allSettled([1]);`,
    'their element functions: once each, no name, length 1': `
    const fs = []; const th = { then(f, r) { fs.push(f, r); } }; Promise.all([th]).then((v) => log(v)); Promise.allSettled([th]).then((v) => log(v)); Promise.any([th]).catch((e) => log(e.errors));
    class P extends Promise {} P.resolve = (x) => x; P.all([th, th]).then((v) => log(v)); for (const f of fs) log(f.length, JSON.stringify(f.name), 'prototype' in f);
    log(fs[0](1), fs[0](2)); fs.forEach((f) => f(3)); fs.forEach((f) => f(4));`,
    'subclasses, species': `
    class P extends Promise { constructor(f) { super(f); log('made'); } } const p = P.resolve(1); log(p.then() instanceof P, p.catch() instanceof P, p.finally() instanceof P, P.all([]) instanceof P, P.reject(1).catch(() => {}) instanceof P);
    class Q extends Promise { static get [Symbol.species]() { return Promise; } } log(Q.resolve(1).then() instanceof Q, Q.resolve(1) instanceof Q); log(P.resolve(p) === p, Promise.resolve(p) === p, Promise[Symbol.species] === Promise);
    class R extends Promise { then(...a) { log('R.then'); return super.then(...a); } } (async () => { await R.resolve(1); log('r'); })(); R.resolve(2).finally(() => log('fin')).then((v) => log(v));`,
    'a species that gives functions of its own': `
    const p = Promise.resolve(1); p.constructor = { [Symbol.species]: function (ex) { ex((v) => log('resolve', v), (e) => log('reject', e)); this.own = true; } };
    const d = p.then((v) => v + 1); log(d.own); p.then(() => { throw 'x'; }); p.constructor = { [Symbol.species]: function (ex) { ex(() => { throw 'lost'; }, () => {}); } }; p.then(() => 1);`,
    'withholding constructors': `${TELL}
    tell('none', () => Promise.resolve.call(function () {})); tell('twice', () => Promise.reject.call(function (e) { e(() => {}, () => {}); e(() => {}, () => {}); })); tell('late', () => Promise.resolve.call(function (e) { e(undefined, undefined); e((v) => log('got', v), () => {}); return { own: 1 }; }, 5));
    tell('arrow', () => Promise.all.call(() => {}, [])); tell('species', () => Promise.resolve().then.call(Object.assign(Promise.resolve(), { constructor: { [Symbol.species]: 5 } }))); tell('ctor', () => Object.assign(Promise.resolve(), { constructor: 5 }).finally(() => {})); tell('undefined', () => Object.assign(Promise.resolve(3), { constructor: undefined }).then((v) => v)); tell('null', () => Object.assign(Promise.resolve(3), { constructor: { [Symbol.species]: null } }).then((v) => v));`,
    'Reflect.construct': `
    function N() {} N.prototype = Object.create(Promise.prototype); const p = Reflect.construct(Promise, [(f) => f(1)], N); log(p instanceof N); Promise.prototype.then.call(p, (v) => log(v)); N.prototype = 5; log(Object.getPrototypeOf(Reflect.construct(Promise, [() => {}], N)) === Promise.prototype);`,
    'finally: number of jobs, and what it calls': `
    let c = Promise.resolve(); for (let i = 0; i < 8; i++) c = c.then(() => log('c', i)); Promise.resolve('v').finally((...a) => (log('f', a.length), 'ignored')).then((v) => log(v)); Promise.reject('e').finally(() => Promise.resolve()).catch((e) => log(e));
    Promise.prototype.finally.call({ then(a, b) { log('then', typeof a, a.length, JSON.stringify(a.name), a === b); return 'r'; }, constructor: Promise }, 5); log(Promise.prototype.finally.call({ then(a) { return a().constructor === Promise; }, constructor: Promise }, () => {}));`,
    'a thenable job is one job of its own': `
    const th = { then(f) { log('then'); f({ then(g) { log('inner'); g('v'); } }); } }; Promise.resolve(th).then((v) => log(v)); let c = Promise.resolve(); for (let i = 0; i < 6; i++) c = c.then(() => log('c', i));`,
    'getters on then are asked once': `
    let n = 0; const th = { get then() { n++; return (f) => f(n); } }; Promise.resolve(th).then((v) => log(v, n)); const f = () => {}; f.then = (g) => g('function'); Promise.resolve(f).then((v) => log(v));`,
    'primitives are no thenables': `
    Number.prototype.then = () => log('never'); Promise.resolve(5).then((v) => log(v)); (async () => log(await 6))(); delete Number.prototype.then;`,
    'Object.prototype.then is seen where it is asked': `
    Object.prototype.then = function (f) { delete Object.prototype.then; log('asked', Object.keys(this)); f('t'); }; Promise.allSettled([]).then((v) => log(v)); Object.prototype.then = undefined; delete Object.prototype.then;`,
    'rejections that nobody handles': `
    Promise.reject(new Error('a')); Promise.reject('b').then(() => {}); const p = Promise.reject('c'); setImmediate(() => p.catch(() => {})); new Promise((f, r) => r('d')).finally(() => {}); Promise.all([Promise.reject('e')]); const q = Promise.reject('f'); q.catch(() => {}); q.then(() => {}).catch(() => {});`,
    'what a job throws is its own': `queueMicrotask(() => { throw new Error('micro'); }); Promise.resolve().then(() => log('on'));`,
    'long chains': `let p = Promise.resolve(0); for (let i = 0; i < 300; i++) p = p.then((v) => v + 1); p.then((v) => log(v)); (async () => { let n = 0; for (let i = 0; i < 300; i++) n += await 1; log(n); })();`,
  }),

  ...clause('27.2 promises: properties', {
    'of the constructor and the prototype': `
    const know = new Set(['length', 'name', 'prototype', 'all', 'allSettled', 'any', 'race', 'resolve', 'reject', Symbol.species]);
    for (const o of [Promise, Promise.prototype]) for (const k of Reflect.ownKeys(o)) { if (o === Promise && !know.has(k)) continue; const d = Object.getOwnPropertyDescriptor(o, k); const f = d.get ?? d.value; log(String(k), d.writable, d.enumerable, d.configurable, typeof f, typeof f === 'function' ? [f.name, f.length, 'prototype' in f, Object.getPrototypeOf(f) === Function.prototype] : ''); }
    log(Object.prototype.toString.call(Promise.resolve()), Object.getPrototypeOf(Promise) === Function.prototype, String(Promise.prototype.constructor === Promise));`,
    'receivers that are none': `${TELL}
    for (const v of [undefined, null, 1, 'x', {}, [], Symbol('s'), Object.create(Promise.prototype)]) for (const k of ['then', 'catch', 'finally']) tell(k, () => Promise.prototype[k].call(v));
    for (const v of [undefined, 1, {}]) for (const k of ['resolve', 'reject', 'all', 'any', 'race', 'allSettled']) tell(k, () => Promise[k].call(v, []));`,
    'arguments that are none': `${TELL}
    for (const v of [undefined, null, 1, 'x', {}, true, 10n, () => {}]) { tell('new', () => { new Promise(v); return 'made'; }); for (const k of ['all', 'any', 'race', 'allSettled']) tell(k, () => Promise[k](v)); } tell('call', () => Promise(() => {}));
    tell('iterator', () => Promise.all({ [Symbol.iterator]: 1 })); tell('iterator', () => Promise.all({ [Symbol.iterator]() { return 1; } })); tell('next', () => Promise.all({ [Symbol.iterator]() { return {}; } })); class P extends Promise {} P.resolve = 1; tell('resolve', () => P.all([])); P.resolve = () => 1; tell('then', () => P.all([1]));`,
    'functions that the language makes': `
    new Promise((f, r) => log(f.length, JSON.stringify(f.name), r.length, JSON.stringify(r.name), 'prototype' in f, Reflect.ownKeys(f).map(String).sort())); Promise.resolve.call(function (e) { log(e.length, JSON.stringify(e.name)); e(() => {}, () => {}); });
    try { new (Promise.prototype.then)(); } catch (e) { log(e.constructor.name); } new Promise((f) => { try { new f(); } catch (e) { log(e.constructor.name); } });`,
  }),

  ...clause('27.2.3 the constructor', {
    'asks for the prototype before the executor runs': `${TELL}
    const seen = (f) => new Proxy(f, { get(t, k) { log('get', String(k)); return t[k]; } }); const Own = function () {};
    const p = Reflect.construct(Promise, [() => log('executor')], seen(Own)); log(Object.getPrototypeOf(p) === Own.prototype);
    tell('no prototype', () => Reflect.construct(Promise, [() => log('never')], new Proxy(Own, { get() { throw 'get'; } }))); log(Object.getPrototypeOf(Reflect.construct(Promise, [() => {}], Own.bind())) === Promise.prototype);`,
    'what an executor is called with, and what it gives back': `
    new Promise(function (...given) { log(given.length, this === globalThis, new.target); return 5; }); new Promise(function () { 'use strict'; log(this); }); new Promise((f) => { f('first'); return Promise.reject('ignored').catch(() => {}); }).then((v) => log(v));`,
    'species is whoever is asked': `const { get } = Object.getOwnPropertyDescriptor(Promise, Symbol.species); for (const v of [5, undefined, Promise]) log(get.call(v) === v); log(get.name);`,
  }),
  ...clause('27.2.4 lists', {
    'elements that are settled at once, while the list is read': `
    function C(executor) { executor((v) => log('resolve', v), (e) => log('reject', e)); } C.resolve = (x) => x;
    const good = (v) => ({ then(f) { log('then', v); f(v); } }), ill = (v) => ({ then(f, r) { log('then', v); r(v); } });
    Promise.all.call(C, [good(1), good(2)]); Promise.all.call(C, [good(1), ill(2), ill(3)]); Promise.allSettled.call(C, [good(1), ill(2)]); Promise.race.call(C, [good(1), ill(2)]); Promise.any.call(C, [ill(1), good(2), good(3)]);
    function D(executor) { executor(() => {}, (e) => log('reject', e.errors)); } D.resolve = (x) => x; Promise.any.call(D, [ill(1), ill(2)]); for (const k of ['all', 'allSettled']) Promise[k].call(C, []); Promise.any.call(D, []);`,
    'setters of lists are not called': `
    let results = []; function C(executor) { executor((v) => (results = [...results, v]), () => {}); } C.resolve = (x) => x; const good = { then(f) { f('v'); } };
    Object.defineProperty(Array.prototype, '0', { set() { results = 'set'; }, configurable: true });
    try { Promise.all.call(C, [good]); Promise.allSettled.call(C, [good]); } finally { delete Array.prototype[0]; } log(results);`,
    'a capability whose functions throw': `${TELL}
    const C = (f, r) => Object.assign(function (executor) { executor(f, r); }, { resolve: (x) => x }); const bad = (text) => () => { throw text; }, told = (what) => (v) => log(what, v);
    for (const k of ['all', 'allSettled']) { tell(k, () => Promise[k].call(C(bad('resolve'), told('reject')), [])); tell(k, () => Promise[k].call(C(bad('resolve'), bad('reject')), [])); }
    tell('any', () => Promise.any.call(C(told('resolve'), bad('reject')), [])); tell('iterable', () => Promise.all.call(C(told('resolve'), bad('reject')), 5)); tell('race', () => Promise.race.call(C(bad('resolve'), told('reject')), [{ then(f) { f(1); } }]));`,
    'what they ask, in order': `${TELL}
    const it = { get [Symbol.iterator]() { log('iterator'); return () => { log('called'); let n = 0; return { get next() { log('next'); return () => ({ get done() { log('done'); return n++ > 1; }, get value() { log('value'); return n; } }); } }; }; } };
    for (const k of ['all', 'allSettled', 'any', 'race']) { class P extends Promise { constructor(f) { super(f); log('made'); } static get resolve() { log('resolve'); return (v) => ({ get then() { log('then', v); return () => {}; } }); } } P[k](it); }`,
    'resolve that gives what is no promise': `${TELL}
    class P extends Promise {} for (const v of [undefined, 5, {}, { then: 1 }]) { P.resolve = () => v; for (const k of ['all', 'race']) tell(k, () => P[k]([1])); }`,
  }),
  ...clause('27.2.5 then, catch, finally', {
    'what a handler is called with': `
    Promise.resolve(1).then(function (...given) { log(this === globalThis, given.length); }); Promise.reject(1).catch(function () { 'use strict'; log(this, arguments.length); }); Promise.resolve(1).finally(function () { 'use strict'; log(this, arguments.length); });`,
    'then asks for the constructor first': `${TELL}
    const p = () => Object.defineProperty(Promise.resolve(1), 'constructor', { get() { log('constructor'); throw 'constructor'; } }); tell('then', () => p().then()); tell('catch', () => p().catch()); tell('finally', () => p().finally()); tell('finally', () => p().finally(() => {}));`,
    'catch calls the then of whatever it is called on': `${TELL}
    Number.prototype.then = function (f, r) { 'use strict'; log(typeof this, arguments.length, f, typeof r); return 'r'; }; tell('number', () => Promise.prototype.catch.call(5, () => {})); delete Number.prototype.then;
    tell('getter', () => Promise.prototype.catch.call({ get then() { throw 'get'; } })); tell('thrower', () => Promise.prototype.catch.call({ then() { throw 'then'; } })); tell('none', () => Promise.prototype.catch.call({}));`,
    'finally makes what the species says, and resolves with it': `
    class P extends Promise { constructor(f) { super(f); log('made'); } static get [Symbol.species]() { log('species'); return P; } static resolve(v) { log('resolve', v); return super.resolve(v); } then(...given) { log('then', given.length); return super.then(...given); } }
    const p = new P((f) => f('v')); log('made it'); p.finally(() => 'ignored').then((v) => log('value', v)); let c = Promise.resolve(); for (let i = 0; i < 8; i++) c = c.then(() => log('c', i));`,
    'finally waits for what its callback gives, and for its thenables': `
    let c = Promise.resolve(); for (let i = 0; i < 10; i++) c = c.then(() => log('c', i)); Promise.resolve('v').finally(() => ({ then(f) { log('then'); f('other'); } })).then((v) => log(v)); Promise.reject('e').finally(() => ({ then(f, r) { r('mine'); } })).catch((e) => log(e)); Promise.reject('e').finally(() => new Promise((f) => queueMicrotask(f))).catch((e) => log(e));`,
    'of a promise that waits for another, in each order': `
    let f; const p = new Promise((r) => (f = r)), q = new Promise((r) => r(p)); q.then((v) => log('q', v)); p.then((v) => log('p', v)); queueMicrotask(() => { f('v'); q.then((v) => log('q again', v)); p.then((v) => log('p again', v)); });`,
  }),
];
