// Modules: await at the top, exports.
import { moduleClause } from './clause.mjs';

export const PROGRAMS = [
  ...moduleClause('16.2 modules', {
    'await at the top': `log(1); await null; log(2); for await (const x of [3]) log(x); const y = await Promise.resolve(4); log(y); try { await Promise.reject(5); } catch (e) { log(e); }`,
    'without await it runs at once': `log(typeof this); queueMicrotask(() => log('micro')); log('sync');`,
    'it is strict': `try { undeclared = 1; } catch (e) { log(e.constructor.name); } log((function () { return this; })());`,
    'functions are hoisted, before an await too': `log(f(), typeof g, typeof h); await 0; g().then((v) => log(v)); function f() { return 'f'; } async function g() { return await h().next().then((r) => r.value); } async function* h() { yield 'h'; }`,
    'exports of each kind': `
      export const a = 1, { b } = { b: 2 }; export let c = await 3; export function d() { return 'd'; } export async function e() { return 'e'; } export class F {} const g = 5; export { g, g as h, a as default }; export async function* i() { yield 'i'; }
      log(a, b, c, d(), F.name, g); e().then((v) => log(v)); for await (const x of i()) log(x);`,
    'a default without a name': `export default async function () { log('never'); } log('ok');`,
    'a default with a name': `export default async function named() { return named.name; } named().then((v) => log(v));`,
    'a default expression': `export default (log('default'), async () => {}); export {};`,
    'a default class': `export default class { static async m() { log('m'); } } log('ok');`,
    'an error at the top': `log(1); throw new Error('top');`,
    'an error after an await': `log(1); await 0; throw new Error('later');`,
    'await in a block, a loop, a template, a class': `{ await 0; log('block'); } for (const x of await [1]) log(\`\${await x}\`); if (await 1) log('if'); class A { [await 'm']() { return 'm'; } static x = 1; } log(new A().m()); L: for (;;) { await 0; break L; }`,
    'await is no name, arrows at the top': `const f = async () => { await 0; log(typeof this); }; await f(); const { g = await 7 } = {}; log(g); export { f };`,
    'order with other jobs': `Promise.resolve().then(() => log('p1')).then(() => log('p2')).then(() => log('p3')); log('a'); await 0; log('b'); await 0; log('c'); nextTick(() => log('tick')); await 0; log('d');`,
  }),
];
