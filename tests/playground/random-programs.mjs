// Random asynchronous programs, as people write them at their worst: functions, awaits, chains, combinators, timers,
// generators, thenables, subclasses; in Node ticks and immediates, in a browser messages, frames, elements, observers,
// tasks by priority. Here is the tree that fast-check draws, and makes smaller; program-text.mjs writes it out.
import { fc } from '../random.mjs';
import { textOf } from './program-text.mjs';

const DEPTH = 4;
const FUNCTIONS = 4;
const CLEARED = { node: ['Timeout', 'Immediate'], browser: ['Timeout', 'AnimationFrame'] };

/** What is passed around: JavaScript. Nothing of which an engine words the text, and no promise that is always new. */
const value = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('1', '2', "'s'", 'undefined', 'null', "[1, 'two']", '{ a: 1 }') },
  { weight: 2, arbitrary: fc.constantFrom("new Error('e')", '{ then: 1 }', 'true', 'settled', 'NaN') },
);
const index = fc.nat(7); // of what there is, whatever its number
const flag = fc.boolean();

/** @param {string} kind @param {Record<string, any>} [parts] */
const node = (kind, parts = {}) => fc.record({ kind: fc.constant(kind), ...parts });

const nested = { depthIdentifier: 'program', maxDepth: DEPTH };

/** One of some nodes, each with its weight. What is smallest comes first. */
const choice = (...weighted) =>
  fc.oneof({ ...nested, withCrossShrink: true }, ...weighted.map(([weight, arbitrary]) => ({ weight, arbitrary })));

/**
 * What a program may be made of, for a host. What an engine does not have, or does not do on its clock, is left out.
 *
 * @param {{ host: 'node' | 'browser', has?: string[], scheduling?: number }} options  scheduling: so many times as
 *   often as in others something is asked of the scheduler; has: of `frames`, `scheduler`,
 *   `observers` (of mutations: several, in their order), `changes` (which they hear of), `idle` callbacks, which a
 *   browser may put off for as long as it likes; `files` that Node reads, each when it likes. Node always has
 *   `thenables` (that resolve with promises), `lists` (of promises that are rejected), `delegates` (of a
 *   generator, by yield*), `refusals` (an async generator is to return what is rejected), `priorities`, which the then
 *   of a thenable and an observer have of their task, and errors that nobody catches, where the program has listeners
 *   of these
 */
const grammarOf = ({ host, has = [], scheduling = 1 }) =>
  fc.letrec((tie) => {
    const block = tie('block');
    const promise = tie('promise');
    const iterable = tie('iterable');
    const promises = fc.array(promise, { maxLength: 3 });
    const cleared = has.includes('idle') ? ['IdleCallback'] : [];
    const isWhole = (/** @type {string} */ what) => host === 'node' || has.includes(what);
    const listed = isWhole('lists') ? promises : fc.array(node('resolve', { value }), { maxLength: 3 });
    const keepsPriority = isWhole('priorities');
    const resolvedWith = isWhole('thenables') && keepsPriority ? promise : node('value', { value });
    const returned = isWhole('refusals') ? promise : node('resolve', { value });
    const drives = fc.oneof(
      { weight: 2, arbitrary: fc.tuple(fc.constantFrom('next', 'throw'), promise) },
      { weight: 1, arbitrary: fc.tuple(fc.constant('return'), returned) },
    );
    const inTheirJob = keepsPriority ? block : fc.constant([]);
    const link = fc.oneof(
      { weight: 4, arbitrary: node('then', { body: block, isAsync: flag }) },
      { weight: 2, arbitrary: node('catch', { body: block }) },
      { weight: 2, arbitrary: node('finally', { body: block }) },
      { weight: 1, arbitrary: node('either', { body: block, other: block }) },
      { weight: 1, arbitrary: node('pass') },
    );
    const file = { name: fc.constantFrom('readFile', 'stat', 'access', 'readdir'), isThere: flag };
    const nodeStatements = [
      ...(has.includes('files') ? [[4, node('file', { ...file, body: block })]] : []),
      [2, node('tick', { body: block })],
      [1, node('immediate', { body: block })],
    ];
    const priority = fc.constantFrom('user-visible', 'user-blocking', 'background');
    const browserStatements = [
      [2, node('message', { body: block })],
      [2, node('send', { index, body: block })],
      [1, node('post', { body: block })],
      [2, node('observe', { body: inTheirJob })],
      ...(has.includes('changes') ? [[2, node('change')]] : []),
      ...(has.includes('frames') ? [[2, node('frame', { body: block })]] : []),
      ...(has.includes('idle') ? [[4, node('idle', { body: block })]] : []),
      ...(has.includes('scheduler')
        ? [
            [scheduling, node('compete')],
            [scheduling, node('prioritize', { index, priority })],
            [scheduling, node('abort tasks', { index, value })],
          ]
        : []),
    ];
    const nodePromises = has.includes('files') ? [[3, node('file', file)]] : [];
    const browserPromises = [
      [1, node('timeout')],
      ...(has.includes('scheduler')
        ? [
            [2 * scheduling, node('task', { priority, body: block })],
            [scheduling, node('task of a signal', { index, body: block })],
            [2 * scheduling, node('go on')],
          ]
        : []),
    ];
    return {
      functions: fc.array(
        fc.record({
          form: fc.constantFrom('async', 'async arrow', 'async method', 'async*', 'async* method', 'plain'),
          body: block,
          value: fc.option(value),
        }),
        { maxLength: FUNCTIONS },
      ),
      block: fc.array(tie('statement'), { maxLength: 4 }),
      statement: choice(
        [3, node('log')],
        [5, node('use', { promise })],
        [5, node('await', { promise })],
        [3, node('microtask', { body: block })],
        ...(host === 'node' ? nodeStatements : browserStatements),
        [1, node('timer', { body: block })],
        [3, node('try', { body: block, handler: fc.option(block), last: fc.option(block) })],
        [host === 'node' ? 3 : 1, node('throw', { value })],
        [1, node('return', { promise: fc.option(promise), isAwaited: flag })],
        [1, node('loop', { form: fc.nat(3), body: block })],
        [1, node('leave', { word: fc.constantFrom('break', 'continue') })],
        [1, node('if', { promise, body: block, other: block })],
        [2, node('for await', { iterable, body: block })],
        [1, node('drive', { index, calls: fc.array(drives) })],
        [1, node('settle', { index, isGood: flag, promise })],
        [2, node('yield', { promise })],
        ...(isWhole('delegates') ? [[1, node('yield*', { iterable })]] : []),
        [1, node('emit', { index })],
        [1, node('listen', { index, isOnce: flag, body: block })],
        [1, node('dispatch', { body: block })],
        [1, node('abort', { body: block, value })],
        [1, node('interval', { body: block })],
        [1, node('clear', { index, what: fc.constantFrom(...CLEARED[host], ...cleared) })],
        [1, node('reject', { value })],
      ),
      promise: choice(
        [4, node('resolve', { value })],
        [2, node('rejected', { value })],
        [2, node('value', { value })],
        [4, node('call', { index, value })],
        [3, node('new', { before: block, isGood: flag, promise, after: block })],
        [3, node('chain', { promise, links: fc.array(link, { minLength: 1, maxLength: 3 }) })],
        [3, node('combine', { how: fc.constantFrom('all', 'race', 'allSettled', 'any'), promises, isOwn: flag })],
        [2, node('thenable', { body: inTheirJob, isGood: flag, promise: resolvedWith, isTwice: flag })],
        [1, node('getter', { body: block, value })],
        [2, node('own', { promise })],
        [1, node('deferred', { index })],
        [1, node('sleep', { value })],
        [2, node('arrow', { body: block })],
        [1, node('once', { index })],
        ...(host === 'node' ? nodePromises : browserPromises),
      ),
      iterable: choice(
        [2, node('list', { promises: listed })],
        [4, node('generated', { index })],
        [1, node('steps', { promises })],
        [1, node('by hand', { promise, body: block })],
      ),
    };
  });

/**
 * The texts of random programs. In a module some of them await at the top.
 * @param {{ host: 'node' | 'browser', isModule: boolean, unit: number, has?: string[], scheduling?: number }} options
 *   see program-text.mjs
 */
export const randomPrograms = (options) => {
  const { functions, block } = grammarOf(options);
  const main = fc.array(block, { minLength: 2, maxLength: 4 });
  const told = fc.array(block, { maxLength: 2 });
  const listeners =
    options.host === 'node' ? fc.option(fc.record({ caught: told, unhandled: told }), { freq: 2 }) : fc.constant(null);
  return fc.record({ functions, main, listeners }).map((tree) => textOf(tree, options));
};
