// Async functions, await, and all that may stand around it.
import { clause } from './clause.mjs';

export const PROGRAMS = [
  ...clause('27.7.5.1 AsyncFunctionStart', {
    'the body runs at once, up to its first await': `
    async function f() { log(1); await null; log(3); }
    f().then(() => log(4)); log(2);`,
    'a parameter that throws rejects': `
    async function f(a = (() => { throw new Error('parameter'); })()) { log('never'); }
    f().catch((e) => log(e)); log('after');`,
    'a pattern that does not fit rejects': `
    const f = async ({ a }) => a; f(null).catch((e) => log(e.constructor.name)); log('after');`,
    'each kind of function rejects so': `
    const bad = () => { throw 'bad'; };
    const o = { async m(a = bad()) {}, f: async function (a = bad()) {}, g: async (a = bad()) => {} };
    class C { async m(a = bad()) {} static async s([a] = bad()) {} async #p(a = bad()) {} p() { return this.#p(); } }
    for (const p of [o.m(), o.f(), o.g(), new C().m(), C.s(), new C().p()]) p.catch((e) => log(e));`,
    'return v resolves: a promise costs three jobs, a value one': `
    const q = Promise.resolve('q');
    (async () => q)().then((v) => log(v));
    (async () => await q)().then((v) => log('awaited', v));
    (async () => 'v')().then((v) => log(v));
    let p = Promise.resolve(); for (let i = 1; i < 6; i++) p = p.then(() => log(i));`,
    'return of a thenable': `
    (async () => ({ then(f) { log('then'); f('t'); } }))().then((v) => log(v));
    let p = Promise.resolve(); for (let i = 1; i < 6; i++) p = p.then(() => log(i));`,
    'a return of itself is a cycle': `
    let p; async function f() { await 0; return p; } p = f(); p.catch((e) => log(e));`,
    'throw rejects, finally runs first': `
    async function f() { try { await 1; throw 'a'; } finally { log('finally'); } }
    f().catch((e) => log(e));`,
    'finally may change what is returned': `
    const f = async () => { try { return 'a'; } finally { await 0; return 'b'; } };
    const g = async () => { try { throw 'a'; } finally { await 0; return 'b'; } };
    const h = async () => { for (;;) { try { return 'a'; } finally { await 0; break; } } return 'c'; };
    f().then((v) => log(v)); g().then((v) => log(v)); h().then((v) => log(v));`,
    'the result is a promise of the language, even when Promise is another': `
    const P = Promise; { let Promise = class {}; const p = (async () => {})(); log(p instanceof P, p.constructor === P); }`,
    'the promise is there before the body runs': `
    let p; async function f() { log(p === undefined); await 0; log(p instanceof Promise); } p = f();`,
    'a rejection that nobody handles': `(async () => { await 1; throw new Error('e'); })();`,
    'a rejection that is handled later': `const p = (async () => { throw 1; })(); setImmediate(() => p.catch((e) => log(e)));`,
  }),

  ...clause('27.7.5.3 Await', {
    'of a value, a promise, a thenable: one, one, and two jobs': `
    (async () => { await 1; log('value'); })();
    (async () => { await Promise.resolve(); log('promise'); })();
    (async () => { await { then(f) { f(); } }; log('thenable'); })();
    let p = Promise.resolve(); for (let i = 1; i < 5; i++) p = p.then(() => log(i));`,
    'of a promise of a subclass makes a new one': `
    class P extends Promise {} (async () => { await P.resolve(); log('sub'); })();
    let p = Promise.resolve(); for (let i = 1; i < 5; i++) p = p.then(() => log(i));`,
    'asks for constructor, not for then': `
    const p = Promise.resolve(1); p.then = () => log('never');
    Object.defineProperty(p, 'constructor', { get() { log('constructor'); return Promise; } });
    (async () => log(await p))();`,
    'a constructor that throws is thrown at the await, at once': `
    const p = Promise.resolve(1); Object.defineProperty(p, 'constructor', { get() { throw 'c'; } });
    (async () => { try { log('before'); await p; } catch (e) { log('caught', e); } })(); log('after');`,
    'of a thenable whose then throws': `
    (async () => { try { await { then() { throw 'no'; } }; } catch (e) { log(e); } })();
    (async () => { try { await { get then() { throw 'get'; } }; } catch (e) { log(e); } })();`,
    'of what is never settled': `(async () => { log(1); await new Promise(() => {}); log('never'); })();`,
    'in an expression: what is on the left was evaluated before': `
    let x = 1; (async () => { x += await 5; log(x); const r = x + (await 1) + x; log(r); })(); x = 100;`,
    'many in an expression, from left to right': `
    const say = (v) => (log('eval', v), v);
    (async () => log((await say(1)) + (await say(2)) * (await say(3)), [await say(4), ...(await say([5]))]))();`,
    'in a call: callee, arguments': `
    const o = { f(...a) { log('called', this === o, ...a); } };
    (async () => { o.f(await 1, await 2, ...(await [3])); o[await 'f'](); (await o).f(await 0); })();`,
    'in a template, and a tag': `
    const tag = (s, ...v) => s.raw.join('|') + v;
    (async () => { log(\`a\${await 1}b\${await 2}\`); log(tag\`x\${await 3}\\n\`); })();`,
    'the strings of a tag are one object': `
    const seen = new Set(); const tag = (s) => seen.add(s).size;
    (async () => { for (let i = 0; i < 3; i++) { await 0; log(tag\`a\`); } })();`,
    'in optional chains': `
    (async () => { const o = { a: { b: (x) => x } }; log(o?.a?.b(await 1), o.c?.[await log('never')], (await o)?.a?.[await 'b']?.(2)); })();`,
    'in && || ?? ?:': `
    (async () => { log((await 0) && (await log('no')), (await 0) || (await 1), (await null) ?? (await 2), (await 1) ? await 3 : await 4);
      let a = null; a ??= await 5; a &&= await 6; a ||= await log('no'); log(a); })();`,
    'in destructuring, with defaults': `
    (async () => { const { a = await 1, [await 'k']: b = await 2, ...r } = await { k: undefined, z: 3 }; log(a, b, r);
      const [c = await 4, , d] = [undefined, 0, 5]; log(c, d); let e; [e = await 6] = []; ({ x: e = await e } = {}); log(e); })();`,
    'in typeof, void, delete, new, in, instanceof, spread': `
    (async () => { const o = { a: 1 }; log(typeof await 1, void await 1, delete (await o).a, o, 'a' in (await o), (await o) instanceof Object,
      { ...(await { z: 1 }) }, new (await class { constructor(x) { this.x = x; } })(await 2)); })();`,
    'in a sequence and in parentheses': `(async () => { const x = (await 1, await (log('in'), 2)); log(x); log(await (await (await 3))); })();`,
    'sequences in parentheses, wherever they may stand': `
    const f = (x) => (log('f', x), x); (async () => { log((1, f(2))); log(f((3, await 4))); new Map((5, f([]))); for (const x of (6, await [7])) log(x); for (const k in 0, await { a: 1 }) log(k); for await (const x of (8, f([9]))) log(x); log(...(1, f([2]))); if (0, await 1) log('if'); while (0, await 0); switch (0, await 1) { case (0, await 1): log('case'); } return (1, await 2); })().then((v) => log(v)); class A { set x(v) { log('x', v); } } new (class extends A { async m() { const f = async () => (super.x = (1, await 2)); return f(); } })().m();`,
    'in a class: heritage, computed keys': `
    (async () => { class B { b() { return 'b'; } } class A extends (await B) { [await 'm']() { return super.b(); } static [await 's'] = 1; } log(new A().m(), A.s); })();`,
    'in switch': `
    (async () => { switch (await 2) { case await 1: log('one'); case await 2: log('two'); case 3: log('three'); await 0; break; default: log('no'); } })();`,
    'in a switch with its own names': `
    (async () => { switch (1) { case 1: let x = await 5; const f = () => x; x++; log(f()); } })();`,
    'in if, else': `(async () => { if (await 0) log('no'); else if (await 1) { await 0; log('yes'); } else log('no'); })();`,
    'in throw': `(async () => { try { throw await 'x'; } catch (e) { log(e); } })();`,
    'in generator arguments': `
    function* g(n) { for (let i = 0; i < n; i++) yield i; }
    (async () => { for (const x of g(await 3)) log(x, await x); log([...g(await 2)]); })();`,
    'with no braces': `(async () => { if (1) await log('a'); for (const x of [1, 2]) await log(x); while (0) await 0; do await log('b'); while (0); })();`,
    'with line ends for semicolons': `
    (async () => {
      const a = await 1
      await 2
      ;[3].forEach((x) => log(x))
      log(a)
      return
    })()`,
    'an operand on another line, with comments': `
    (async () => { const x = await /* one */
      // two
      1; log(x); return ( // three
        await 2 // four
      ); })().then((v) => log(v));`,
  }),

  ...clause('loops', {
    'for with a closure a round': `
    (async () => { const fs = []; for (let i = 0; i < 3; i++) { await 0; fs.push(() => i); } log(fs.map((f) => f())); })();`,
    'for with awaits in its head': `
    (async () => { for (let i = await 0; i < (await 3); i += await 1) log(i); })();`,
    'for without a condition, continue and break': `
    (async () => { for (let i = 0; ; i++) { if (i === 1) continue; await 0; if (i > 3) break; log(i); } })();`,
    'while, do': `(async () => { let i = 0; while (await (i < 2)) log('w', i++); do log('d', i--); while (await (i > 0)); })();`,
    'for in': `(async () => { for (const k in await { a: 1, b: 2 }) { await 0; log(k); } })();`,
    'for of, with an await in its head': `(async () => { for (const x of await [1, 2]) log(await x); })();`,
    'for of, a label, and an await in its head': `
    (async () => { outer: for (const x of await [1, 2, 3]) for (const y of await [1, 2]) { if (y === 2) continue outer; if (x === 3) break outer; log(x, y); } })();`,
    'for of closes its iterator': `
    const it = () => ({ [Symbol.iterator]() { let i = 0; return { next: () => ({ value: i++, done: false }), return() { log('return'); return {}; } }; } });
    (async () => { for (const x of it()) { await x; if (x > 1) break; log(x); } for (const x of it()) { await 0; return x; } })();
    (async () => { try { for (const x of it()) { await 0; throw 'e'; } } catch (e) { log(e); } })();`,
    'labels on blocks and on all loops': `
    (async () => { a: { await 0; if (1) break a; log('no'); } b: for (let i = 0; i < 3; i++) { c: while (true) { await 0; if (i === 1) continue b; if (i === 2) break b; break c; } log('b', i); } d: e: for (const x of [1, 2]) { await 0; continue d; } log('end'); })();`,
    'await in the body of each, and in a nested function not': `
    (async () => { for (const x of [1, 2]) { const f = () => { for (;;) { return x; } }; log(await f()); } })();`,
    'var and functions in loops': `
    (async () => { for (var i = 0; i < 2; i++) { await 0; function g() { return i; } log(g()); } log(i); })();`,
  }),

  ...clause('try', {
    'catch around await': `(async () => { try { await Promise.reject('r'); log('no'); } catch (e) { log(e); } log('on'); })();`,
    'catch without a name; catch with a pattern': `
    (async () => { try { await Promise.reject({ a: 1 }); } catch { log('caught'); } try { await Promise.reject({ a: 1 }); } catch ({ a, b = a }) { log(a, b); } })();`,
    'await in catch and in finally': `
    (async () => { try { await Promise.reject(1); } catch (e) { log(await e); throw await 2; } finally { log(await 3); } })().catch((e) => log(e));`,
    'finally and return: the value was made before': `
    (async () => { let x = 1; const f = async () => { try { return x; } finally { await 0; x = 2; log('f'); } }; log(await f(), x); })();`,
    'finally with break and continue': `
    (async () => { for (let i = 0; i < 4; i++) { try { await 0; if (i === 1) continue; if (i === 3) break; log(i); } finally { log('f', await i); } } })();`,
    nested: `
    (async () => { try { try { await Promise.reject('a'); } finally { log('inner'); await 0; } } catch (e) { log('outer', e); try { throw await 'b'; } catch (e) { log(e); } finally { log('last'); } } })();`,
    'a throw in finally wins': `(async () => { try { try { throw 'a'; } finally { await 0; throw 'b'; } } catch (e) { log(e); } })();`,
    'return await is caught, return is not': `
    (async () => { try { return await Promise.reject('in'); } catch (e) { log('caught', e); } })();
    (async () => { try { return Promise.reject('out'); } catch (e) { log('never'); } })().catch((e) => log(e));`,
    'an error thrown by a function that is called': `
    const f = () => { throw new TypeError('t'); }; (async () => { await 0; try { f(); } catch (e) { log(e instanceof TypeError, e); } })();`,
  }),

  ...clause('functions', {
    'length and name': `
    async function a(x, y = 1, z) {} const b = async (x, ...y) => {}; const c = async function () {}; const d = async function e(a, b) {};
    const o = { async m(a) {}, async [Symbol.iterator]() {}, ['k' + 1]: async () => {}, async 'a b'() {}, async 5() {}, f: async () => {}, get g() { return async () => {}; } };
    for (const f of [a, b, c, d, o.m, o[Symbol.iterator], o.k1, o['a b'], o[5], o.f, o.g]) log(JSON.stringify(f.name), f.length);
    class C { async m(a, b) {} static async s() {} f = async () => {}; static g = async () => {}; async #p(a) {} p() { return this.#p; } static async name2() {} }
    for (const f of [new C().m, C.s, new C().f, C.g, new C().p(), (async () => {})]) log(f.name, f.length);
    let n; n = async () => {}; let [q = async () => {}] = []; ({ r: n.z = async () => {} } = {}); let w; w ||= async () => {}; log(n.name, q.name, n.z.name, w.name);
    const par = (async () => {}); log(par.name); let s = Symbol('d'); log(({ [s]: async () => {} })[s].name, ({ [Symbol()]: async () => {} }).name);`,
    'what has no name gets none': `
    const name = (f) => log(JSON.stringify(f.name)); name(() => {}); name(class {}); name(class { static { } }); const f = () => () => {}; name(f()); const g = () => { return class {}; }; name(g()); function* h() { yield () => {}; yield (function () {}); return class {}; } for (const x of h()) name(x); (async () => { name(await (() => {})); name(await class {}); return (() => {}); })().then(name); (async function* () { yield class {}; return () => {}; })().next().then((r) => name(r.value)); new (class { constructor(x) { name(x); } })(class {}); name([class {}][0]); name((() => {}));`,
    'keys, prototype, constructor': `
    async function f() {} async function* g() {} const m = { async m() {}, async *n() {} }; class C { async m() {} async *n() {} static async s() {} }
    for (const h of [f, g, m.m, m.n, new C().m, new C().n, C.s, async () => {}]) log(Reflect.ownKeys(h).map(String).sort(), Object.getPrototypeOf(h).constructor.name, Object.prototype.toString.call(h), 'prototype' in h, h instanceof Function);
    log(Object.getPrototypeOf(f) === Object.getPrototypeOf(m.m), Object.getPrototypeOf(g) === Object.getPrototypeOf(m.n), JSON.stringify(Object.getOwnPropertyDescriptor(C.prototype, 'm')), Object.keys(m));`,
    'none is a constructor': `
    async function f() {} for (const h of [f, async () => {}, { async m() {} }.m, async function* () {}, class { static async s() {} }.s]) { try { new h(); log('no'); } catch (e) { log(e.constructor.name); } }`,
    'the text is what was written': `
    async function f(a, b = 1) { /* c */ await a; } const g = async x => await x, h = async (x) => { for await (const y of x); };
    const o = { async m() { await 1 }, async *[ 'n' ]() {}, get z() { return 1 }, set z(v) {}, plain(a) { return a }, ar: () => 1, f: function () {}, *gen() {}, async 'q r'() {} };
    class C extends Object { async m() {} static async s() {} #x = 1; static { } get y() { return this.#x } constructor() { super() } static async *t() {} }
    const d = Object.getOwnPropertyDescriptor(o, 'z');
    for (const k of [f, g, h, o.m, o.n, d.get, d.set, o.plain, o.ar, o.f, o.gen, o['q r'], C, new C().m, C.s, C.t, async function* named() { yield 1 }, x => x, (x) => { return x }, class {}, function* () {}]) log(String(k));
    log(String(Math.max), String(class A { 'use strict' }), \`\${() => {}}\`);`,
    'a named expression knows itself': `
    const f = async function me(n) { await 0; return n ? me(n - 1) : me === f; }; f(3).then((v) => log(v, typeof me));`,
    'declarations are hoisted': `
    log(typeof f, typeof g); f().then((v) => log(v)); async function f() { return g(); } async function g() { return 'g'; }
    { log(typeof inner); inner(); async function inner() { log('inner'); } } log(typeof inner);
    function outer() { return h(); async function h() { return 'h'; } } outer().then((v) => log(v));`,
    'a later declaration wins': `
    function f() { return 'plain'; } async function f() { return 'async'; } log(typeof f().then);
    async function g() { } function g() { return 'plain'; } log(g()); var h = 1; async function h() {} log(h);
    (function (a) { log(typeof a); async function a() {} })(1);`,
    'declarations in switch': `switch (1) { case 0: async function f(a, b) { await 0; return a + b; } case 1: f(1, 2).then((v) => log(v, f.length)); }`,
    'in strict code, and not': `
    (function () { 'use strict'; const f = async function () { return this; }; f().then((v) => log(v)); })();
    const g = async function () { return typeof this; }; g().then((v) => log(v)); g.call(5).then((v) => log(v)); g.call('s').then((v) => log(v));
    async function h() { 'use strict'; return typeof this; } h.call(5).then((v) => log(v));`,
    'this of methods and of calls': `
    const o = { x: 1, async m() { await 0; return this.x; }, f: async function () { return this.x; } };
    o.m().then((v) => log(v)); o.f().then((v) => log(v)); o.m.call({ x: 2 }).then((v) => log(v)); o.m.bind({ x: 3 })().then((v) => log(v));`,
    arguments: `
    async function f(a) { a = 5; await 0; return [arguments.length, arguments[0], arguments[1]]; } f(1, 2).then((v) => log(v));
    async function g(a) { 'use strict'; a = 5; await 0; return [arguments.length, arguments[0]]; } g(1).then((v) => log(v));
    function h() { const k = async () => { await 0; return [...arguments]; }; return k(9); } h(1, 2).then((v) => log(v));
    const o = { async m() { const k = () => arguments.length; await 0; return k(); } }; o.m(1, 2, 3).then((v) => log(v)); log({ arguments: 1 }.arguments);`,
    'async arrows have this, arguments, new.target of where they stand': `
    function F(a) { this.x = 1; const f = async (b) => { await 0; return [this.x, arguments[0], new.target === F, b]; }; this.p = f(2); }
    new F(7).p.then((v) => log(v)); F.call({}, 8);
    const o = { x: 'o', m() { return [1].map(async (y) => { const g = async () => this.x + y; return await g(); })[0]; } }; o.m().then((v) => log(v));`,
    'super in methods': `
    class A { async m(x) { await 0; return 'A' + x; } get v() { return this.w; } static async s() { return 'S'; } set z(v) { this.zz = v; } }
    class B extends A { w = 1; async m(x) { const f = async () => super.m(x + 1); return (await super.m(x)) + (await f()) + super.v; } static async s() { return (await super.s()) + 's'; } async z2() { super.z = await 5; return this.zz; } async *g() { yield super.v; yield* [await super.m(0)]; } }
    new B().m(1).then((v) => log(v)); B.s().then((v) => log(v)); new B().z2().then((v) => log(v)); (async () => { for await (const x of new B().g()) log(x); })();
    const o = { __proto__: { async h() { return 'h'; } }, async h() { return (await super.h()) + '2'; } }; o.h().then((v) => log(v));`,
    'super in async arrows': `
    class A { m(x) { return [this.n, x]; } get g() { return this.n; } set s(v) { this.sv = v; } f() { return 'f'; } }
    class B extends A { n = 'n'; async t() { const a = async (k) => [super.m(await 1), super[await 'g'], super[k](2), (super.s = await 3), this.sv, super.f?.()]; return a('m'); } }
    new B().t().then((v) => log(v));`,
    'super() in an async arrow': `
    class A { constructor(x) { this.x = x; } } class B extends A { constructor() { const f = async () => { try { log(this); } catch (e) { log(e.constructor.name); } super(5); log(this.x); await 0; return this; }; f().then((v) => log(v.x)); log(this.x); } } new B();`,
    'private names': `
    class C { #x = 1; async #m(a) { await 0; return this.#x + a; } static async #s() { return 'S'; } async *#g() { yield this.#x; } async t() { this.#x++; const f = async () => this.#x; return [await this.#m(1), await C.#s(), await f(), #x in this, (await this.#g().next()).value]; } }
    new C().t().then((v) => log(v));`,
    'fields and static blocks': `
    class C { a = (async () => { await 0; return this.b; })(); b = 2; static x = 1; static { (async () => { await 0; log('block', this.x); })(); } ['c' + 1] = async () => this.b; }
    const c = new C(); c.a.then((v) => log(v)); c.c1().then((v) => log(v));`,
    'getters, setters, static names': `
    class C { static async get() { return 'get'; } async set() { return 'set'; } async async() { return 'async'; } static async static() { return 'static'; } async await() { return 1; } 'async'() {} get x() { return (async () => 'x')(); } }
    C.get().then((v) => log(v)); new C().set().then((v) => log(v)); C.static().then((v) => log(v)); new C().x.then((v) => log(v)); log(new C().async());`,
    'async, await, of as names': `
    const async = (x) => x, of = 1; log(async(2), of); var await = 3; log(await); const o = { async: 1, await: 2, async of() {} }; log(o.async, o.await, typeof o.of); async: for (;;) break async;`,
    'yield as a name': `(async () => { var yield = 1; const o = { yield }; await 0; log(yield, o, o.yield, (({ yield: y }) => y)(o)); })();`,
    'Function.prototype.call and apply were replaced': `
    async function f(x) { await 0; return [this.k, x]; } const { call } = Function.prototype; Function.prototype.call = Function.prototype.apply = () => log('never');
    const p = f.bind({ k: 1 })(2); Function.prototype.call = call; p.then((v) => log(v));`,
    'with a directive and parameters': `const f = async (a) => { 'use strict'; await 0; try { undeclared = 1; } catch (e) { log(e.constructor.name); } }; f();`,
    'methods of an object that is spread, and of one with a prototype': `
    const a = { async m() { return 'm'; } }; const b = { ...a, async n() { return this.m(); } }; b.n().then((v) => log(v)); log(a.m === b.m);`,
    'a function in parameters': `async function f(g = async () => { await 0; return 'g'; }) { return g(); } f().then((v) => log(v));`,
  }),
  // QuickJS gives the body other parameters than the defaults have, when there are defaults (10.2.11).
  ...clause('functions', {
    'parameters: scope and order': `
    let x = 'outer'; async function f(a = (log('a'), x), b = () => a, { c = log('c') } = {}) { var x = 'inner'; await 0; a = 2; return [x, b(), a]; } f().then((v) => log(v));
    async function g(a, b = a) { var a = 5; return [a, b]; } g(1).then((v) => log(v)); async function h(a) { var a; return a; } h(7).then((v) => log(v));`,
  }).map((program) => ({ ...program, inQuickJs: ['a', 'c', '[5,1]', '7', '["inner","outer",2]'] })),
];
