// @ts-check
/**
 * Errors as V8 has them: a stack that begins with what the error is, and V8's wording of what the engine itself throws.
 * QuickJS's own errors are put right when they are caught (lowered `catch` clauses, promises' jobs, the host): `asV8`.
 */

import { reworded } from './wordings.js';

const NAMES = [
  'Error',
  'EvalError',
  'RangeError',
  'ReferenceError',
  'SyntaxError',
  'TypeError',
  'URIError',
  'AggregateError',
];
const FRAMES_MOST = 10;

/**
 * @param {{ file: string, functions: { taken?: import('./wordings.js').Taken, line?: number }[] }} options
 * @param {<F extends (...list: any[]) => any>(f: F) => F} pristine see pristine.js
 */
export function makeErrors({ file, functions }, pristine) {
  const stackKey = 'stack';
  const errorToString = Error.prototype.toString;
  const apply = Reflect.apply;
  const define = Object.defineProperty;
  const getDescriptor = Object.getOwnPropertyDescriptor;
  const { construct, setPrototypeOf } = Reflect;
  /** QuickJS's stack of each error that is as V8 has it. @type {WeakMap<object, string>} */
  const raws = new WeakMap();
  const isKnown = WeakMap.prototype.has.bind(raws);
  const rawOf = WeakMap.prototype.get.bind(raws);
  const keep = WeakMap.prototype.set.bind(raws);
  const NativeError = Error;
  let where = () => /** @type {any} */ ({ called: '', given: [], iterated: '' });

  /** Lines are those of the source; columns are the lowered program's, and are left out.
   * @param {string} raw QuickJS's */
  const frames = pristine((raw) => {
    const kept = [];
    for (const line of String(raw).split('\n')) {
      const match = /^\s+at (?:(.*) )?\(?([^()]*):(\d+):\d+\)?$/.exec(line);
      if (!match || match[2] !== file) continue;
      const name = match[1] === '<anonymous>' || match[1] === '<eval>' ? '' : (match[1] ?? '');
      const at = `${file}:${match[3]}`;
      kept.push(name ? `    at ${name} (${at})` : `    at ${at}`);
      if (kept.length === FRAMES_MOST) break;
    }
    return kept.length > 0 ? kept.join('\n') : '    at <anonymous>';
  });

  /** What the function takes apart that threw. @param {string} raw */
  function takenAt(raw) {
    const line = Number(/:(\d+):\d+\)?$/m.exec(raw)?.[1]);
    return functions.find((f) => f.taken && f.line === line)?.taken;
  }

  /** A stack begins where an object was asked for, not in the constructors that made it. @param {string} raw
   * @param {any} C its class */
  const aboveConstructor = pristine((raw, C) => {
    const lines = raw.split('\n');
    const name = getDescriptor(C, 'name')?.value; // a getter of its own is not asked
    const own = lines.findIndex((line) => line.includes(` at ${name} (${file}:`));
    return lines.slice(own + 1).join('\n');
  });

  /** @param {any} error */
  function header(error) {
    try {
      return apply(errorToString, error, []);
    } catch {
      return 'Error';
    }
  }

  /** @param {any} error @param {string} raw */
  function setStack(error, raw) {
    keep(error, raw);
    define(error, stackKey, lazily);
  }

  /** V8 writes a stack down when it is first looked at: `name` may have been set since. */
  const lazily = {
    get() {
      const raw = rawOf(this);
      if (raw === undefined) return undefined;
      const value = `${header(this)}\n${frames(raw)}`;
      apply(lazily.set, this, [value]);
      return value;
    },
    set(/** @type {any} */ value) {
      define(this, stackKey, { value, writable: true, enumerable: false, configurable: true });
    },
    enumerable: false,
    configurable: true,
  };

  /** What was thrown; the same, put right. @param {any} error @param {object} [more] what is known of where it was */
  const asV8 = (error, more = undefined) =>
    typeof error !== 'object' || error === null || isKnown(error) ? error : putRight(error, more);
  const putRight = pristine((error, more) => {
    const raw = getDescriptor(error, stackKey)?.value;
    if (!(error instanceof NativeError) || typeof raw !== 'string') return error;
    const isEngine = /^(?:$|\s+at )/.test(raw);
    if (!isEngine) return error;
    const message = getDescriptor(error, 'message')?.value;
    if (message === 'interrupted' || message === 'out of memory') return error;
    if (typeof message === 'string') {
      const [, native = ''] = /^\s*at (\S+) \(native\)/.exec(raw) ?? [];
      const value = reworded(message, () => {
        const here = where();
        return { ...here, native, taken: native ? undefined : (takenAt(raw) ?? here.inside), ...more };
      });
      define(error, 'message', { value, writable: true, enumerable: false, configurable: true });
    }
    setStack(error, raw);
    return error;
  });

  // A stack that is full is V8's RangeError.
  const internal = /** @type {any} */ (globalThis).InternalError.prototype;
  setPrototypeOf(internal, RangeError.prototype);
  for (const key of ['name', 'message', 'constructor']) delete internal[key];
  delete (/** @type {any} */ (globalThis).InternalError);

  for (const name of NAMES) {
    const Native = /** @type {any} */ (globalThis)[name];
    const { prototype } = Native;
    const Ours = {
      [name]: function (/** @type {any[]} */ ...values) {
        const error = construct(Native, values, new.target ?? Ours);
        const raw = getDescriptor(error, stackKey)?.value ?? new NativeError().stack ?? '';
        setStack(error, new.target === undefined || new.target === Ours ? raw : aboveConstructor(raw, new.target));
        return error;
      },
    }[name];
    define(Ours, 'length', { value: Native.length, configurable: true });
    define(Ours, 'prototype', { value: prototype, writable: false });
    define(prototype, 'constructor', { value: Ours, writable: true, configurable: true });
    define(globalThis, name, { value: Ours, writable: true, configurable: true });
    if (name !== 'Error') setPrototypeOf(Ours, Error);
  }
  const Ours = /** @type {any} */ (Error);
  Ours.captureStackTrace = function captureStackTrace(/** @type {any} */ object) {
    setStack(object, new NativeError().stack ?? '');
  };
  Ours.stackTraceLimit = FRAMES_MOST;
  for (const key of ['captureStackTrace', 'stackTraceLimit'])
    define(Ours, key, { enumerable: key === 'stackTraceLimit' });

  /** @param {any} error */
  const isOutOfMemory = (error) => error instanceof RangeError && error.message === 'out of memory';

  return {
    asV8,
    isOutOfMemory,
    /** @param {any} error */
    stackOf: (error) => asV8(error).stack,
    /** @param {() => object} f  where control is: see wordings.js */
    setWhere(f) {
      where = f;
    },
  };
}
