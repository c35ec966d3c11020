// @ts-check
/**
 * What a program does with the members of values, where the language's own error would have to name them: see
 * ../lower/members.js and ../lower/patterns.js.
 *
 *     makeMembers(caught) -> { in, within, put, bump, destructured }
 *
 * `caught(error, more)` words an error of the engine's, `more` being what is known besides.
 */
import { described, isObject, typeError } from './language.js';
import { notTaken } from './wordings.js';

const text = String;

/** @param {any} key @param {any} object */
function within(key, object) {
  if (isObject(object)) return object;
  const searched = isObject(key) ? described(key) : text(key);
  throw typeError(`Cannot use 'in' operator to search for '${searched}' in ${text(object)}`);
}

/** A value that is to be taken apart. @param {any} value @param {import('./wordings.js').Taken} taken */
function destructured(value, taken) {
  if (value === undefined || value === null) throw typeError(notTaken(taken, value));
  return value;
}

/** @param {(error: any, more: { changed: string, object: any }) => any} caught */
export function makeMembers(caught) {
  /** @param {any} object @param {PropertyKey} key @param {any} value */
  function put(object, key, value) {
    try {
      return (object[key] = value);
    } catch (error) {
      throw caught(error, { changed: isObject(key) ? '' : text(key), object });
    }
  }
  return {
    in: (/** @type {any} */ key, /** @type {any} */ object) => key in within(key, object),
    within,
    put,
    bump(/** @type {any} */ object, /** @type {any} */ key, /** @type {1 | -1} */ by, /** @type {0 | 1} */ isPrefix) {
      let value = object[key];
      const before = by === 1 ? value++ : value--;
      put(object, key, value);
      return isPrefix ? value : before;
    },
    destructured,
  };
}
