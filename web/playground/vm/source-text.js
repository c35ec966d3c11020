// @ts-check
/**
 * What a function says of itself. Lowering leaves a mark in the text of each function, first of all that is in it:
 * `/*@12*\/`, 12 being its index among the functions; with an `a` (or `g`) before the number a generator that stands
 * for an async method (an async generator method).
 */
import { call, install, isCallable, typeError, uncurried } from './language.js';

const nativeText = uncurried(Function.prototype.toString);
const exec = uncurried(RegExp.prototype.exec);
const slice = uncurried(String.prototype.slice);
const MARK = /\/\*@([ag]?)(\d+)\*\//;

/** 'async', 'asyncGenerator' or '' @param {Function} f */
export function kindOf(f) {
  const kind = exec(MARK, nativeText(f))?.[1];
  return kind === 'a' ? 'async' : kind === 'g' ? 'asyncGenerator' : '';
}

/**
 * From now on a function's text is what the learner wrote, and nobody sees the text of what is not theirs.
 *
 * @param {Function} F  Function, whose prototype gets another `toString`
 * @param {{ source: string, functions: readonly { start: number, end: number }[] }} program
 * @param {(f: any) => Function | undefined} generatorOf
 */
export function installSourceText({ prototype }, { source, functions }, generatorOf) {
  install(prototype, {
    toString() {
      if (!isCallable(this)) throw typeError("Function.prototype.toString requires that 'this' be a Function");
      const mark = exec(MARK, nativeText(generatorOf(this) ?? this));
      if (mark === null) return `function ${call(nameOf, this, [])}() { [native code] }`;
      const { start, end } = functions[mark[2]];
      return slice(source, start, end);
    },
  });
}

/** @this {any} */
function nameOf() {
  const name = Object.getOwnPropertyDescriptor(this, 'name')?.value;
  return typeof name === 'string' ? name : '';
}
