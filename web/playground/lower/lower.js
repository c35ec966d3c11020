// @ts-check
/**
 * Lowering: a program becomes the same program without `async` and `await`, which says at each step where it is.
 *
 * The language's own promises and async functions would queue jobs where nobody can see them. So the program runs on
 * ours (../vm/promise.js, ../vm/async.js): `async` functions become generators in the hands of a driver, and each job
 * goes through one door. All else stays as it is written, on the line where it is written.
 *
 *     lower(source, { module, host }) -> { code, places, functions, imports, awaits }
 *
 * `code` is the source of one function expression. It is called once, `this` being the program's own, with one object
 * `$`. Under whatever name, the program cannot see it. What `$` must have:
 *
 *     $.trace   an Int32Array, for the words (below)
 *     $.limit   a number: from so many words on, `$.full` is asked. A function's or a loop's every beginning looks;
 *               between two looks at most as many words are written as the program has places
 *     $.full(count)   returns the new count, after it has put the words away; or throws, to end the program
 *     $.open(meter)   is called first, with what others than the program need:
 *         meter.at()           the count: how many words are in the trace
 *         meter.key()          the newest key that was computed, `k` in `o[k]`: an error may be about that
 *         meter.word()         the newest word: where control is. A host that calls the program's functions begins with
 *         meter.move(word)     and puts back what was there when they have thrown: `move(0)` at the start of a job
 *         meter.write(word)    the same, and writes it
 *     $.caught(error)       is shown each error that the program catches, before the program sees it
 *     $.async, $.asyncGenerator, $.await, ...   as ../vm/async.js makes them
 *     $.import(specifier, names)    module: an object with the names that are asked ('default' and '*' too)
 *     $.dynamicImport(specifier)    the value of `import(specifier)`: a promise
 *     $.meta                        the value of `import.meta`
 *     $.arguments                   those of the program itself, where it is a function's body
 *
 * Where `awaits`, the program awaits at its top (it is a module): then the call returns the program's promise.
 *
 * A word says where control is: `place | depth << 20`, place an index into `places`, depth that of the call stack,
 * 1 for a function that the host calls (the program itself too), 0 when none is running. (20 bits: see word.js.) A
 * step is a word:
 *
 *     deeper than the last       a function was entered; its first word has a place of kind 'enter'
 *     less deep                  functions ended. With a place of kind 'call': they returned to that call. With
 *                                another: they threw, and this is where it was caught
 *     place 'await' or 'yield'   a function goes on here
 *     as deep as the last, 'enter', and another function     the last one threw, and its caller called on
 *
 * A place is { kind, start, end, line, column, function, statement, called, variable }: a range of the source; line
 * from 1, column from 0; function an index into `functions`, whose [0] is the program itself; statement the place of
 * the statement that it is in. Kinds: 'program' (places[0]), 'enter', 'statement', 'loop' (a loop looks whether to go
 * on), 'await', 'yield', 'call' (nothing is written for it; it is the newest word while the call is made, so that what
 * it queues knows from where, and the word with which what was called returns). `called` is what a call calls,
 * `iterated` what a statement iterates, as V8's messages word it; `variable` is where the call's value goes, as it is.
 * A function is { name, kind, start, end }: kind 'program', 'function', 'arrow', 'method', 'class'.
 * An import is { specifier, names, line, column }, for whoever says beforehand that there is no such module.
 *
 * What is not JavaScript throws a SyntaxError with { line, column }.
 *
 * What is not kept, where a program looks for it: an async function that is declared in a `switch` is as a plain one to
 * `new` and in its prototype; to assign to the name of a named async function expression throws in sloppy code too;
 * `arguments.callee` of an async function is the generator; private async methods have no prototype of their own; and
 * QuickJS gives a body that assigns to its parameters others than closures in the defaults have.
 */
import { parse } from './parse.js';
import { Printer } from './printer.js';

/**
 * @typedef {import('./places.js').Place} Place
 * @typedef {import('./places.js').FunctionRange} FunctionRange
 *
 * @typedef {object} Lowered
 * @property {string} code
 * @property {Place[]} places
 * @property {FunctionRange[]} functions
 * @property {{ specifier: string, names: string[], line: number, column: number }[]} imports
 * @property {boolean} awaits
 */

/**
 * @param {string} source
 * @param {{ module?: boolean, host?: 'node' | 'browser' }} [options]
 * @returns {Lowered}
 */
export function lower(source, { module = false, host = 'node' } = {}) {
  const printer = new Printer(source, parse(source, { module, host }), { module, host });
  return printer.lowered();
}
