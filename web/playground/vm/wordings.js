// @ts-check
import { described, isObject } from './language.js';

// QuickJS's wording of what the language itself throws, and V8's. What neither V8's words nor a program's text give
// back (which value it was) is worded as it mostly is.

/**
 * @typedef {object} Where  the error was thrown, as lowering knows it
 * @property {string} called  what was being called; '' when nothing was
 * @property {string[]} given  to that: its first two values; '' for what is no literal
 * @property {string} iterated  what the statement iterates; '' when nothing
 * @property {string} [changed]  which property the statement assigns to, or deletes
 * @property {string} native  the function of the language that threw it; '' when none did
 * @property {any} key  the newest that was computed
 * @property {number} [length]  of the list that it was called with
 * @property {any} [object]  what the statement changes
 * @property {Taken} [taken]  what the function takes apart, and was not given
 *
 * @typedef {{ what: string, name?: string, isNull?: boolean }} Taken  what V8 says that it is; '': what it says of it
 *   that is read. `isNull`: it is no other
 */

const NOBODY = '(intermediate value)';

/** @param {string} called */
const notConstructor = (called) => `${called.replace(/^new /, '') || NOBODY} is not a constructor`;

/** @param {Where} where */
function notCallable({ called, given, iterated, native }) {
  if (native === 'sort') return 'The comparison function must be either a function or undefined';
  if (native) return `${given[0] || 'undefined'} is not a function`;
  return called.startsWith('new ')
    ? notConstructor(called)
    : `${called || (iterated ? 'undefined' : NOBODY)} is not a function`;
}

/** @param {Where} where @param {string} [of] undefined or null, if it was that */
function notIterable({ given, iterated, native }, of) {
  if (iterated?.startsWith('...') && !native)
    return of
      ? `${iterated.slice(3)} is not iterable (cannot read property ${of})`
      : 'Spread syntax requires ...iterable[Symbol.iterator] to be a function';
  if (iterated && !native) return `${iterated} is not iterable`;
  const isNumber = native && given[0] && !isNaN(Number(given[0]));
  const what = of === 'undefined' ? of : isNumber ? `number ${given[0]}` : of ? `object ${of}` : 'object';
  return `${what} is not iterable (cannot read property Symbol(Symbol.iterator))`;
}

/** @param {Taken} taken @param {undefined | null} value */
export function notTaken({ what, name }, value) {
  if (!what) return `Cannot read properties of ${value} (reading '${name}')`;
  const of = value === null ? what.replace("'undefined'", "'object null'") : what; // a parameter is called by its value
  return `Cannot destructure ${of} as it is ${value}.`;
}

const FEW = 'object is not extensible';

/** What is no object, though it must be one. @param {Where} where */
function notObject({ called, given, native, changed, object }) {
  if (object !== undefined) return `Cannot create property '${changed}' on ${typeof object} '${object}'`;
  if (native === 'Proxy') return 'Cannot create proxy with a non-object as target or handler';
  if (/Map|fromEntries/.test(native)) return `Iterator value ${given[0] || 'undefined'} is not an entry object`;
  if (native === 'apply') return 'CreateListFromArrayLike called on non-object';
  return native ? `${called} called on non-object` : 'Result of the Symbol.iterator method is not an object';
}

/** A property that may not be changed, or a variable. @param {string} key @param {Where} where */
function readOnly(key, { changed, native, object }) {
  if (changed === undefined && !native) return 'Assignment to constant variable.';
  if (key[0] === '#') return `Private method '${key}' is not writable`;
  if (typeof object === 'string') return `Cannot assign to read only property '${key}' of string '${object}'`;
  const likely = /^(?:\d+|length)$/.test(key) ? '[object Array]' : '#<Object>';
  return `Cannot assign to read only property '${key}' of object '${object === undefined ? likely : described(object)}'`;
}

/** @param {Where} where */
function hasNoSetter({ changed, object }) {
  const of = object === undefined ? '#<Object>' : described(object);
  return `Cannot set property ${changed ?? ''} of ${of} which has only a getter`;
}

/** @param {Where} where */
function notExtensible({ changed, given, native, length }) {
  if (length !== undefined) changed = String(length);
  if (native === 'setPrototypeOf') return `#<Object> is not extensible`;
  if (native === 'defineProperty') return `Cannot define property ${given[1]}, ${FEW}`;
  return `Cannot add property ${changed || 0}, ${FEW}`;
}

/** @param {Where} where */
function notDeleted({ changed, native, length }) {
  return native
    ? `Cannot delete property '${length ? length - 1 : 0}' of [object Array]`
    : `Cannot delete property '${changed}' of #<Object>`;
}

const DIGITS = {
  toPrecision: 'toPrecision() argument must be between 1 and 100',
  toExponential: 'toExponential() argument must be between 0 and 100',
};

/** @param {string} type */
const NO_NUMBER = (type) => `Cannot convert a ${type} value to a number`;

/** @param {string[]} given */
const notInteger = ([value]) => `The number ${value} cannot be converted to a BigInt because it is not an integer`;

/** What is wrong with a regular expression, as QuickJS says it, and as V8 does. */
const PATTERN_WORDS = {
  "expecting '\\)'": 'Unterminated group',
  'unexpected end': 'Unterminated character class',
  'extraneous characters at the end': "Unmatched ')'",
  'nothing to repeat': 'Nothing to repeat',
  'invalid repetition count': 'numbers out of order in {} quantifier',
  'invalid class range': 'Range out of order in character class',
  'duplicate group name': 'Duplicate capture group name',
  'group name not defined': 'Invalid named capture referenced',
  'invalid group name': 'Invalid capture group name',
  'invalid group': 'Invalid group',
  'syntax error': 'Lone quantifier brackets',
  "expecting '}'": 'Incomplete quantifier',
  'invalid escape sequence in regular expression': 'Invalid escape',
  'unknown unicode property name': 'Invalid property name',
  'back reference out of range in regular expression': 'Invalid escape',
};

/** @param {string} wrong @param {Where} where */
function wrongPattern(wrong, { given: [pattern, flags] }) {
  const what = /(?:^|[^\\])(?:\\\\)*\\$/.test(pattern) ? '\\ at end of pattern' : wrong;
  return `Invalid regular expression: /${pattern}/${flags ?? ''}: ${what}`;
}

/** @type {[RegExp, (m: RegExpExecArray, where: Where) => string][]} */
const WORDINGS = [
  [/^'?([^' ]+)'? is not defined$/, ([, name]) => `${name} is not defined`],
  [/^cannot read property 'Symbol\.iterator' of (undefined|null)$/, ([, of], where) => notIterable(where, of)],
  [
    /^cannot read property '(.*)' of (undefined|null)$/s,
    ([, key, of]) => `Cannot read properties of ${of} (reading '${key}')`,
  ],
  [
    /^cannot read property of (undefined|null)$/,
    ([, of], { key }) => `Cannot read properties of ${of} (reading '${isObject(key) ? '' : String(key)}')`,
  ],
  [
    /^operand 'prototype' property is not an object$/,
    () => "Function has non-object prototype 'undefined' in instanceof check",
  ],
  [
    /^cannot set property '(.*)' of (undefined|null)$/s,
    ([, key, of]) => `Cannot set properties of ${of} (setting '${key}')`,
  ],
  [/^'(.*)' is read-only$/s, ([, key], where) => readOnly(key, where)],
  [/^object is not extensible$/, (m, where) => notExtensible(where)],
  [/^could not delete property$/, (m, where) => notDeleted(where)],
  [/^property is not configurable$/, (m, { given }) => `Cannot redefine property: ${given[1]}`],
  [/^not an? object$/, (m, where) => notObject(where)],
  [/^(?:lexical variable )?'?([^' ]+)'? is not initialized$/, notInitialized],
  [/^not a function$/, (m, where) => notCallable(where)],
  [/^(?:not a constructor|.* is not a constructor)$/, (m, { called }) => notConstructor(called)],
  [/^class constructors must be invoked with 'new'$/, classCalled],
  [/^value is not iterable$/, (m, where) => notIterable(where)],
  [/^iterator must return an object$/, () => 'Iterator result undefined is not an object'],
  [
    /^cannot convert to object$/,
    (m, { taken }) =>
      taken ? notTaken(taken, taken.isNull ? null : undefined) : 'Cannot convert undefined or null to object',
  ],
  [/^private class field '(#.*)' does not exist$/, privateMissing],
  [
    /^cannot convert bigint to number$/,
    (m, { native }) => (native ? NO_NUMBER('BigInt') : 'Cannot mix BigInt and other types, use explicit conversions'),
  ],
  [/^bigint argument with unary \+$/, () => NO_NUMBER('BigInt')],
  [/^cannot convert symbol to number$/, () => NO_NUMBER('Symbol')],
  [/^cannot convert to BigInt: not an integer$/, (m, { given }) => notInteger(given)],
  [/^invalid bigint literal$/, (m, { given }) => `Cannot convert ${given[0]} to a BigInt`],
  [/^BigInt division by zero$/, () => 'Division by zero'],
  [/^cannot convert to BigInt$/, (m, { given }) => `Cannot convert ${given[0] || 'undefined'} to a BigInt`],
  [/^cannot convert symbol to string$/, () => 'Cannot convert a Symbol value to a string'],
  [/^toPrimitive$/, () => 'Cannot convert object to primitive value'],
  [/^invalid 'instanceof' right operand$/, () => "Right-hand side of 'instanceof' is not an object"],
  [/^empty array$/, () => 'Reduce of empty array with no initial value'],
  [/^string too long$/, () => 'Invalid string length'],
  [/^invalid array length$/, () => 'Invalid array length'],
  [
    /^invalid number of digits$/,
    (m, { native }) => /** @type {any} */ (DIGITS)[native] ?? 'toFixed() digits argument must be between 0 and 100',
  ],
  [/^radix must be/, () => 'toString() radix argument must be between 2 and 36'],
  [/^invalid repeat count$/, (m, { given }) => `Invalid count value: ${given[0]}`],
  [/^invalid code point$/, (m, { given }) => `Invalid code point ${given[0]}`],
  [/^bad normalization form$/, () => 'The normalization form should be one of NFC, NFD, NFKC, NFKD.'],
  [/^regexp must have/, (m, { native }) => `String.prototype.${native} called with a non-global RegExp argument`],
  [/^invalid value used as WeakMap key$/, () => 'Invalid value used as weak map key'],
  [/^invalid value used as WeakSet key$/, () => 'Invalid value used in weak set'],
  [/^not a symbol$/, (m, { given }) => `${given[0]} is not a symbol`],
  [/^not a prototype$/, (m, { given }) => `Object prototype may only be an Object or null: ${given[0] || 'undefined'}`],
  [/^Date value is NaN$/, () => 'Invalid time value'],
  [/^expecting hex digit$/, () => 'URI malformed'],
  [/^no setter for property$/, (m, where) => hasNoSetter(where)],
  [
    /^proxy: cannot set property$/,
    (m, { changed }) => `'set' on proxy: trap returned falsish for property '${changed}'`,
  ],
  ...Object.entries(PATTERN_WORDS).map(
    ([words, wrong]) => /** @type {any} */ ([new RegExp(`^${words}$`), (m, where) => wrongPattern(wrong, where)]),
  ),
  [
    /^cannot have setter\/getter and value or writable$/,
    () => 'Invalid property descriptor. Cannot both specify accessors and a value or writable attribute, #<Object>',
  ],
  [/^circular prototype chain$/, () => 'Cyclic __proto__ value'],
  [
    /^regexp not supported$/,
    (m, { native }) => `First argument to String.prototype.${native} must not be a regular expression`,
  ],
  [
    /^revoked proxy$/,
    (m, { changed }) => `Cannot perform '${changed === undefined ? 'get' : 'set'}' on a proxy that has been revoked`,
  ],
  [/^invalid (?:g|s)etter$/, ([words]) => `${/g/.test(words) ? 'G' : 'S'}etter must be a function`],
  [
    /^invalid regular expression flags$/,
    (m, { given }) => `Invalid flags supplied to RegExp constructor '${given[1]}'`,
  ],
  [/^cannot invoke a running generator$/, () => 'Generator is already running'],
  [/^parent class must be constructor$/, () => 'Class extends value undefined is not a constructor or null'],
  [/^derived class constructor must/, () => 'Derived constructors may only return object or undefined'],
  [/^'this' can be initialized only once$/, () => 'Super constructor may only be called once'],
  [/^must be called with new$/, (m, { called }) => `Constructor ${called} requires 'new'`],
  [/^null or undefined are forbidden$/, (m, { native }) => `String.prototype.${native} called on null or undefined`],
  [/^stack overflow$/, () => 'Maximum call stack size exceeded'],
  [/^circular reference$/, () => 'Converting circular structure to JSON'],
];

/** @param {RegExpExecArray} m */
function notInitialized([, name]) {
  if (name !== 'this') return `Cannot access '${name}' before initialization`;
  return "Must call super constructor in derived class before accessing 'this' or returning from derived constructor";
}

/** @param {RegExpExecArray} m @param {Where} where */
function classCalled(m, { called }) {
  return `Class constructor ${called} cannot be invoked without 'new'`;
}

/** @param {RegExpExecArray} m @param {Where} where */
function privateMissing([, name], { changed }) {
  const how = changed === name ? `write private member ${name} to` : `read private member ${name} from`;
  return `Cannot ${how} an object whose class did not declare it`;
}

/** V8's words for QuickJS's; those that it has none for stay. @param {string} message @param {() => Where} where */
export function reworded(message, where) {
  for (const [pattern, word] of WORDINGS) {
    const match = pattern.exec(message);
    if (match) return word(match, where());
  }
  return message;
}
