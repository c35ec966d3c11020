// @ts-check
// Node's errors that have a code, worded as Node words them (lib/internal/errors.js); and a browser's of a callback.
import { makeSlot } from './language.js';

/** What is shown of a value that is of the wrong type. @param {any} value */
function received(value) {
  if (value === null || value === undefined) return ` Received ${value}`;
  if (typeof value === 'function') return ` Received function ${value.name}`;
  if (typeof value === 'object') {
    if (value.constructor?.name) return ` Received an instance of ${value.constructor.name}`;
    return ` Received ${JSON.stringify(value)}`;
  }
  let shown = typeof value === 'string' ? `'${value}'` : String(value);
  if (shown.length > 28) shown = `${shown.slice(0, 25)}...`;
  return ` Received type ${typeof value} (${shown})`;
}

/** @param {any} Base @param {string} code @param {string} message */
export function codedError(Base, code, message) {
  const error = new Base(message);
  Object.defineProperty(error, 'stack', {
    value: `${error.name} [${code}]: ${message}${stackLines(error)}`,
    writable: true,
    configurable: true,
  });
  error.code = code;
  Object.defineProperty(error, 'toString', {
    value: () => `${error.name} [${code}]: ${error.message}`,
    writable: true,
    configurable: true,
  });
  return error;
}

/** @param {any} error */
function stackLines(error) {
  const stack = String(error.stack);
  const at = stack.indexOf('\n    at ');
  return at < 0 ? '' : stack.slice(at);
}

/** @param {string} name @param {string} expected @param {any} value */
export function argumentTypeError(name, expected, value) {
  const what = name.includes('.') ? 'property' : 'argument';
  const message = `The "${name}" ${what} must be ${expected}.${received(value)}`;
  return codedError(TypeError, 'ERR_INVALID_ARG_TYPE', message);
}

/** @param {string} name @param {any} value */
export function needFunction(name, value) {
  if (typeof value !== 'function') throw argumentTypeError(name, 'of type function', value);
}

/** @param {string} name @param {any} value @param {number} [most] then it may not be negative */
export function needWhole(name, value, most) {
  if (typeof value !== 'number') throw argumentTypeError(name, 'of type number', value);
  const isInside = most === undefined || (value >= 0 && value <= most);
  if (Number.isInteger(value) && isInside) return;
  const wanted = Number.isInteger(value) ? `>= 0 && <= ${most}` : 'an integer';
  const shown = value > 2 ** 32 ? String(value).replace(/\B(?=(?:\d{3})+$)/g, '_') : value;
  const message = `The value of "${name}" is out of range. It must be ${wanted}. Received ${shown}`;
  throw codedError(RangeError, 'ERR_OUT_OF_RANGE', message);
}

/** A browser's. @param {string} call @param {any} value */
export function needCallback(call, value) {
  if (typeof value === 'function') return;
  const wrong =
    value === undefined ? '1 argument required, but only 0 present' : "parameter 1 is not of type 'Function'";
  throw new TypeError(`Failed to ${call}: ${wrong}.`);
}

/** @type {{ add(error: object, place: string): void, of(error: any): string | undefined }} */
const places = makeSlot();
/** Where in Node's own code an error comes from, as it is told when nobody catches it. @param {any} error */
export const placeOf = (error) => places.of(error);

/** @param {any} error @param {string} place */
export function comesFrom(error, place) {
  if (places.of(error) === undefined) places.add(error, place);
  return error;
}
