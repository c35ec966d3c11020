// Random programs of async JavaScript, to be run as they are and lowered: every kind of statement around every kind of
// await. They end: loops are counted, functions call only those before them, and all that runs costs fuel.
import { fc } from '../random.mjs';
import { handsOn } from './engine.mjs';

const PRELUDE = `
let fuel = 20;
const burn = () => { if (--fuel < 0) throw 'no fuel'; };
const say = (v) => (log(v), v);
class Sub extends Promise {}
const thenable = (v) => ({ then(f) { log('then'); f(v); } });
const refusing = (v) => ({ then(f, r) { r(v); } });
const throwing = (v) => ({ then() { throw v; } });
const later = (n, v) => (n ? Promise.resolve().then(() => later(n - 1, v)) : v);
const broken = (v) => Object.defineProperty(Promise.resolve(v), 'constructor', { get() { throw v; } });
const own = (v) => Object.assign(Promise.resolve(v), { then(...list) { log('own'); return Promise.prototype.then.apply(this, list); } });
const each = (kind, n, v) => {
  let i = 0;
  const step = () => (burn(), log('next', i), i++ < n ? { value: i === n ? v : i, done: false } : { value: 'end', done: true });
  const async = kind !== 'sync';
  const iterator = {
    next: () => (kind === 'bad' && i === 1 ? 5 : async ? Promise.resolve(step()) : step()),
    return(x) { log('return', x); if (kind === 'closing') throw 'closing'; return async ? Promise.resolve({ value: x, done: true }) : { value: x, done: true }; },
    ...(kind === 'catching' ? { throw(e) { log('throw', e); return Promise.resolve({ value: e, done: n > 1 }); } } : {}),
  };
  return { [async ? Symbol.asyncIterator : Symbol.iterator]: () => iterator };
};
`;

const small = fc.integer({ min: 0, max: 9 }).map(String);
const KINDS = ['sync', 'async', 'bad', 'closing', 'catching'];

/**
 * What an expression or statement may stand in.
 *
 * @typedef {{ async: boolean, generator: boolean, loop: boolean, labels: string[] }} Where  labels: the jumps to them
 */

/** @typedef {(where: Where) => string} Text  what is written depends on where it stands */

/** Text out of others. @param {TemplateStringsArray} strings @param {fc.Arbitrary<Text | string>[]} parts */
const text = (strings, ...parts) =>
  fc.tuple(...parts).map(
    (values) => (/** @type {Where} */ where) =>
      strings.reduce((all, string, i) => {
        const value = values[i - 1];
        return all + (typeof value === 'function' ? value(where) : value) + string;
      }),
  );

/** The same, in another place. @param {fc.Arbitrary<Text>} inner @param {Partial<Where>} where */
const within = (inner, where) => inner.map((write) => (outer) => write({ ...outer, ...where }));

const only = (what, otherwise, condition) =>
  fc.tuple(what, otherwise).map(
    ([yes, no]) =>
      (where) =>
        (condition(where) ? yes : no)(where),
  );

/** A label, and the jumps to it. @param {'' | 'continue'} word @param {fc.Arbitrary<Text>} inner */
const labelled = (word, inner) =>
  inner.map((write) => (where) => {
    const label = `l${where.labels.length}`;
    const labels = [...where.labels, `break ${label};`];
    if (word) labels.push(`${word} ${label};`);
    return `${label}: ${write({ ...where, labels })}`;
  });

const inAsync = { async: true, generator: false, loop: false, labels: [] };
const inPlain = { async: false, generator: false, loop: false, labels: [] };
const inGenerator = { async: true, generator: true, loop: false, labels: [] };

const { program } = fc.letrec((tie) => {
  const value = /** @type {fc.Arbitrary<Text>} */ (tie('value'));
  const statement = /** @type {fc.Arbitrary<Text>} */ (tie('statement'));
  const block = /** @type {fc.Arbitrary<Text>} */ (tie('block'));
  const number = text`${small}`;
  const awaited = only(text`(await ${value})`, value, ({ async }) => async);
  const yielded = only(text`(yield ${value})`, awaited, ({ generator }) => generator);
  const delegated = only(text`(yield* ${value})`, yielded, ({ generator }) => generator && handsOn);
  const iterable = fc.oneof(
    text`each('${fc.constantFrom(...KINDS)}', ${fc.integer({ min: 0, max: 3 }).map(String)}, ${value})`,
    text`[${value}, ${value}]`,
    text`g(${value})`,
  );
  const listOf = text`[${value}, ${value}]`;
  const jump = (word) => only(text`${fc.constant(word)}`, text`log('${fc.constant(word)}');`, ({ loop }) => loop);
  const outwards = fc.nat().map(
    (n) =>
      ({ labels }) =>
        labels.length > 0 ? labels[n % labels.length] : 'x++;',
  );
  const loopBody = within(block, { loop: true });
  return {
    value: fc.oneof(
      { depthIdentifier: 'value', depthSize: 'small', maxDepth: 3 },
      number,
      text`Promise.${fc.constantFrom('resolve', 'reject')}(${value})`,
      text`${fc.constantFrom('thenable', 'refusing', 'throwing', 'own', 'broken', 'say', 'Sub.resolve')}(${value})`,
      text`later(${small}, ${value})`,
      awaited,
      yielded,
      delegated,
      text`f(${value})`,
      text`o.m(${value})`,
      text`g(${value}).${fc.constantFrom('next', 'return', 'throw')}(${value})`,
      text`Promise.${fc.constantFrom('all', 'race', 'any', 'allSettled')}(${listOf})`,
      text`(${value}).then?.(${value}, say)`,
      text`Promise.resolve(${value}).${fc.constantFrom('then', 'catch', 'finally')}((v) => ${within(value, inPlain)})`,
      text`(async (a = ${within(value, inPlain)}) => ${within(block, inAsync)})()`,
      text`(async () => ${within(value, inAsync)})()`,
      text`((a, b = ${within(value, inPlain)}) => b)(${value})`,
      text`(${value} ${fc.constantFrom('+', '&&', '||', '??', ',')} ${value})`,
      text`(${value} ? ${value} : ${value})`,
      text`${listOf}[${fc.constantFrom('0', '1')}]`,
      text`(({ a, ...r }) => a)({ a: ${value}, b: ${value} })`,
      text`(x = ${value})`,
      text`\`\${typeof ${value}}\``,
    ),
    statement: fc.oneof(
      { depthIdentifier: 'statement', depthSize: 'small', maxDepth: 4 },
      text`log(${value});`,
      text`${value};`,
      text`x = ${value}\n`,
      text`{ let { y = ${value} } = {}; log(y); }`,
      text`if (${value}) ${block} else ${statement}`,
      text`for (let i = 0; i < ${value}; i++) { burn(); ${loopBody} }`,
      text`while (burn(), ${value}) { ${loopBody} break; }`,
      text`for (const y of ${iterable}) { burn(); ${loopBody} }`,
      only(text`for await (const y of ${iterable}) ${loopBody}`, text`log(x);`, ({ async }) => async),
      only(
        text`for await (x of ${iterable}) ${within(statement, { loop: true })}`,
        text`log(x);`,
        ({ async }) => async,
      ),
      text`try ${block} catch (e) { log('caught', e); ${statement} }`,
      text`try ${block} finally { log('finally'); ${statement} }`,
      text`try ${block} catch ${block} finally ${block}`,
      text`return ${value};`,
      text`throw ${value};`,
      jump('break;'),
      jump('continue;'),
      labelled('', text`{ ${statement} if (${value}) ${outwards} ${statement} }`),
      labelled('continue', text`for (let i = 0; i < 3; i++) { burn(); ${loopBody} }`),
      labelled('continue', text`for (const y of ${iterable}) { burn(); ${loopBody} }`),
      outwards,
      text`switch (${value}) { case ${value}: ${statement} case 1: ${statement} default: ${statement} }`,
      text`${fc.constantFrom('nextTick', 'setImmediate')}(() => { try ${within(block, inPlain)} catch (e) { log(e); } });`,
      text`queueMicrotask(async () => ${within(block, inAsync)});`,
      text`{ async function h(y) ${within(block, inAsync)} h(${value}); }`,
    ),
    block: fc
      .array(statement, { minLength: 1, maxLength: 2, depthIdentifier: 'statement' })
      .map((list) => (where) => `{ ${list.map((write) => write(where)).join('\n')} }`),
    program: fc
      .tuple(within(block, inAsync), within(block, inGenerator), within(block, inAsync), within(block, inAsync))
      .map(
        ([f, g, m, main]) =>
          `${PRELUDE}
let x = 1; let depth = 0;
const bounded = (call) => { if (depth > 3) return 'deep'; depth++; try { return call(); } finally { depth--; } };
async function f0(x) ${f(inAsync)}
async function* g0(x) ${g(inGenerator)}
const o = { async m(y) { burn(); ${m(inAsync)} return this === o; } };
function f(v) { burn(); return bounded(() => f0(v)); }
function g(v) { burn(); return g0(v); }
(async () => ${main(inAsync)})().then((v) => log('end', v), (e) => log('failed', e));`,
      ),
  };
});

/** @type {fc.Arbitrary<{ source: string }>} */
export const randomProgram = program.map((source) => ({ source }));
