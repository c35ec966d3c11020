// What the playground's console shows of values is what Node's shows: random values, against the real util.inspect and
// util.format.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { format, inspect, types } from 'node:util';
import { makeInspect } from '../../web/playground/vm/inspect.js';
import { fc, replayable } from '../random.mjs';

// The format of values differs from one version of Node to the next; the playground's is 20's.
const isOther = !process.version.startsWith('v20.');

const PENDING = new Promise(() => {});
const SETTLED = Promise.resolve([1, { a: 2 }]);
const ours = makeInspect({
  promise: (value) =>
    !types.isPromise(value)
      ? undefined
      : value === PENDING
        ? { status: 'pending' }
        : { status: 'fulfilled', result: [1, { a: 2 }] },
  proxy: () => undefined,
  stack: (error) => error.stack,
  functionType: (f) => /^Async(?:Generator)?(?=Function)/.exec(f.constructor.name)?.[0] ?? '',
  entries: () => undefined,
});

class Point {
  constructor(x) {
    this.x = x;
  }
  get length() {
    return Math.abs(this.x);
  }
}
class Wrong extends Error {}
class Coded extends TypeError {
  name = 'Coded';
  code = 3;
}

/** An error whose stack has a line, or none. */
const errorOf = (Kind, message, lines) => {
  const error = new Kind(message);
  error.stack = error.stack.split('\n').slice(0, lines).join('\n');
  return error;
};

const leaf = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(-0, NaN, null, undefined, true, 10n ** 20n, Symbol('s'), Symbol(), Symbol.iterator, PENDING),
  fc.string(),
  fc.constantFrom('\ud83d\ude00', '\ud83d', '\u6f22\u5b57', 'e\u0301', '\x00\x1b\x7f\x9f'),
  fc.constantFrom(
    "it's",
    'it\'s "so"',
    'it\'s "so" `${1}`',
    'two\nlines',
    'x'.repeat(100),
    `${'long '.repeat(12)}\nend`,
  ),
  fc.constantFrom(
    () => 1,
    function named() {},
    class {},
    Point,
    Wrong,
    async () => {},
    function* steps() {},
    async function* stream() {},
    Object.assign(() => {}, { extra: 1 }),
  ),
  fc.constantFrom(
    new Date(0),
    new Date(NaN),
    /a+/gi,
    new Number(-0),
    new String('abc'),
    Object(1n),
    Object(Symbol('b')),
  ),
  fc.constantFrom(new WeakMap(), new WeakSet(), Math, JSON, Reflect, globalThis.Atomics, SETTLED),
  fc.constantFrom(Object.create(null), Object.create({}), Object.create(Point.prototype), new (class {})()),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => bytes.buffer),
  fc.uint8Array({ maxLength: 130 }),
  fc.float64Array({ maxLength: 9 }),
  fc.constantFrom(new DataView(new ArrayBuffer(2)), new BigInt64Array(2)),
);

const key = fc.oneof(
  fc.constantFrom('a', 'b-c', '1', 'longer_name_of_a_key', '__proto', ''),
  fc.string(),
  fc.constant(Symbol('k')),
);

const { value } = fc.letrec((tie) => {
  const inner = tie('value');
  return {
    value: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      leaf,
      fc.array(fc.tuple(key, inner), { maxLength: 8 }).map((pairs) => {
        const object = {};
        for (const [name, item] of pairs) object[name] = item;
        return object;
      }),
      fc.array(inner, { maxLength: 9 }),
      fc.array(fc.integer({ min: 0, max: 1e5 }), { maxLength: 130 }),
      fc.array(fc.string({ maxLength: 12 }), { maxLength: 40 }),
      fc.tuple(fc.array(inner, { maxLength: 4 }), fc.nat(3)).map(([items, gap]) => {
        const list = [...items];
        list[list.length + gap] = 'end';
        return Object.assign(list, { extra: gap });
      }),
      fc.array(fc.tuple(inner, inner), { maxLength: 4 }).map((pairs) => new Map(pairs)),
      fc.array(inner, { maxLength: 4 }).map((items) => new Set(items)),
      inner.map((item) => new Point(item)),
      inner.map((item) => new (class Special extends Map {})([['k', item]])),
      inner.map((item) => {
        const loop = { item, deep: {} };
        loop.self = loop;
        loop.deep.up = loop.deep;
        return loop;
      }),
      inner.map((item) => ({
        get one() {
          return 1;
        },
        set two(_) {},
        [Symbol.toStringTag]: 'Tag',
        item,
      })),
      inner.map((item) => Object.create(null, { item: { value: item, enumerable: true }, hidden: { value: 1 } })),
      inner.map((item) => ({ [inspect.custom]: (depth, options) => ({ depth, left: options.depth, item }) })),
      fc
        .tuple(fc.constantFrom(Error, Wrong, Coded, RangeError), fc.string(), fc.constantFrom(1, 2), inner)
        .map(([Kind, message, lines, cause]) => Object.assign(errorOf(Kind, message, lines), { cause })),
      inner.map((item) => new AggregateError([errorOf(Error, 'inner', 1), item], 'all')),
    ),
  };
});

test('values are shown as Node shows them', { skip: isOther && 'for Node 20' }, (t) => {
  fc.assert(
    fc.property(value, (shown) => assert.equal(ours.inspect(shown), inspect(shown))),
    replayable(t, 1500),
  );
});

test('so are texts with placeholders', { skip: isOther && 'for Node 20' }, (t) => {
  const placeholder = fc.constantFrom('%s', '%d', '%i', '%f', '%O', '%o', '%c', '%%', '%', '%x', 'text', ' ');
  const text = fc.array(placeholder, { maxLength: 5 }).map((parts) => parts.join(''));
  const plain = fc.oneof(
    fc.integer(),
    fc.string(),
    fc.constantFrom(null, undefined, -0, 5n, Symbol('s'), '12px', [1, [2, [3]]], { a: { b: { c: {} } } }, new Point(1)),
  );
  fc.assert(
    fc.property(text, fc.array(plain, { maxLength: 5 }), (first, rest) => {
      assert.equal(ours.format(first, ...rest), format(first, ...rest));
    }),
    replayable(t, 1000),
  );
});
