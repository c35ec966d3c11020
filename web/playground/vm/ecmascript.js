// @ts-check
/**
 * What of the language the machine makes itself: promises, async functions, the text of functions.
 *
 *     const { Promise, $, ... } = makeEcmascript(door, program)
 *
 * `door` is that of promise.js; `program` what lower() gave, with its `source`. `$` is a part of what lowered code
 * calls (../lower/lower.js): the machine adds the rest. Installed is nothing but Function.prototype.toString.
 */
import { makeAsync } from './async.js';
import { makePromise } from './promise.js';
import { installSourceText } from './source-text.js';

/**
 * @param {import('./promise.js').Door} door
 * @param {{ source: string, functions: readonly { start: number, end: number }[] }} program
 */
export function makeEcmascript(door, program) {
  const promises = makePromise(door);
  const { generatorOf, AsyncIteratorPrototype, ...$ } = makeAsync(promises, door);
  installSourceText(Function, program, generatorOf);
  return { ...promises, AsyncIteratorPrototype, $ };
}
