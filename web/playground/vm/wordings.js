// @ts-check
// QuickJS's wording of what the language itself throws, and V8's. What neither V8's words nor a program's text give
// back (which value it was) is worded as it mostly is.

/**
 * @typedef {object} Where  the error was thrown, as lowering knows it
 * @property {string} called  what was being called; '' when nothing was
 * @property {string} iterated  what the statement iterates; '' when nothing
 * @property {boolean} native  whether a function of the language threw it
 */

const NOBODY = '(intermediate value)';

/** @param {Where} where */
function notCallable({ called, native }) {
  if (native) return 'undefined is not a function';
  return called.startsWith('new ')
    ? `${called.slice(4)} is not a constructor`
    : `${called || NOBODY} is not a function`;
}

/** @param {Where} where */
const notIterable = ({ iterated, native }) =>
  native || !iterated
    ? 'object is not iterable (cannot read property Symbol(Symbol.iterator))'
    : `${iterated} is not iterable`;

/** @type {[RegExp, (m: RegExpExecArray, where: Where) => string][]} */
const WORDINGS = [
  [/^'?([^' ]+)'? is not defined$/, ([, name]) => `${name} is not defined`],
  [/^cannot read property 'Symbol\.iterator' of (undefined|null)$/, (m, where) => notIterable(where)],
  [
    /^cannot read property '(.*)' of (undefined|null)$/s,
    ([, key, of]) => `Cannot read properties of ${of} (reading '${key}')`,
  ],
  [
    /^cannot set property '(.*)' of (undefined|null)$/s,
    ([, key, of]) => `Cannot set properties of ${of} (setting '${key}')`,
  ],
  [/^'.*' is read-only$/s, () => 'Assignment to constant variable.'],
  [/^(?:lexical variable )?'?([^' ]+)'? is not initialized$/, notInitialized],
  [/^not a function$/, (m, where) => notCallable(where)],
  [/^not a constructor$/, (m, { called }) => `${called.replace(/^new /, '') || NOBODY} is not a constructor`],
  [/^class constructors must be invoked with 'new'$/, classCalled],
  [/^value is not iterable$/, (m, where) => notIterable(where)],
  [/^iterator must return an object$/, () => 'Iterator result undefined is not an object'],
  [/^cannot convert to object$/, () => 'Cannot convert undefined or null to object'],
  [/^private class field '(#.*)' does not exist$/, privateMissing],
  [/^cannot convert bigint to number$/, () => 'Cannot mix BigInt and other types, use explicit conversions'],
  [/^BigInt division by zero$/, () => 'Division by zero'],
  [/^cannot convert to BigInt$/, () => 'Cannot convert to BigInt'],
  [/^cannot convert symbol to string$/, () => 'Cannot convert a Symbol value to a string'],
  [/^toPrimitive$/, () => 'Cannot convert object to primitive value'],
  [/^invalid 'instanceof' right operand$/, () => "Right-hand side of 'instanceof' is not callable"],
  [/^empty array$/, () => 'Reduce of empty array with no initial value'],
  [/^invalid array length$/, () => 'Invalid array length'],
  [/^invalid number of digits$/, () => 'toFixed() digits argument must be between 0 and 100'],
  [/^Date value is NaN$/, () => 'Invalid time value'],
  [/^expecting hex digit$/, () => 'URI malformed'],
  [/^no setter for property$/, () => 'Cannot set property of #<Object> which has only a getter'],
  [/^cannot invoke a running generator$/, () => 'Generator is already running'],
  [/^parent class must be constructor$/, () => 'Class extends value is not a constructor or null'],
  [/^'this' can be initialized only once$/, () => 'Super constructor may only be called once'],
  [/^must be called with new$/, (m, { called }) => `Constructor ${called} requires 'new'`],
  [/^(?:null or undefined are forbidden)$/, (m, { called }) => `${called} called on null or undefined`],
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

/** @param {RegExpExecArray} m */
function privateMissing([, name]) {
  return `Cannot read private member ${name} from an object whose class did not declare it`;
}

/** V8's words for QuickJS's; those that it has none for stay. @param {string} message @param {() => Where} where */
export function reworded(message, where) {
  for (const [pattern, word] of WORDINGS) {
    const match = pattern.exec(message);
    if (match) return word(match, where());
  }
  return message;
}
