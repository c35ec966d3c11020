// @ts-check
/**
 * Functions. The first word of each is that it was entered, the last that it returned; and in its text is its mark
 * (../vm/source-text.js). An async one becomes a generator in the hands of a driver (../vm/async.js):
 *
 *     async function f(P) { B }     function* $1(P) { B }, and at the beginning of its block: var f = $.async($1, 'f')
 *     async function (P) { B }      $.async(function* (P) { B }, 'name')
 *     async (P) => { B }            the same; what an arrow has of its surroundings comes by thunks (surroundings.js)
 *     { async m(P) { B } }          $.object({ *m(P) { B } }): it stays a method, for `super`
 *     class { async m(P) { B } }    class { static { $.class(this) } *m(P) { B } }
 */
import { isNameless } from './names.js';
import { renameTaken, takenFirst, takenFrom } from './patterns.js';
import { isStrict, statements, wordsOf } from './statements.js';
import { thunkOf } from './surroundings.js';
import { suspended } from './suspension.js';

/** @typedef {import('./printer.js').Printer} Printer */
/** @typedef {import('./parse.js').Node} Node */
/** @typedef {'plain' | 'generator' | 'async' | 'asyncGenerator'} Kind */

/** @param {Node} node @returns {Kind} */
const kindOf = ({ async, generator }) =>
  async ? (generator ? 'asyncGenerator' : 'async') : generator ? 'generator' : 'plain';

/** @param {number} index @param {Kind} [kind] */
const markOf = (index, kind) => `/*@${kind === 'async' ? 'a' : kind === 'asyncGenerator' ? 'g' : ''}${index}*/`;

/** @param {Node} node */
const isArrow = (node) => node.type === 'ArrowFunctionExpression';

/** What is a function's own, and not of what it stands in; an arrow has less. @param {Node} node */
const scopeOf = (node, index) => ({
  function: index,
  kind: kindOf(node),
  finallies: 0,
  ...(isArrow(node) ? {} : { thunks: null, top: false }),
});

/** @param {Printer} p @param {Node} node @param {'function' | 'arrow'} kind */
const listed = (p, node, kind) =>
  p.places.addFunction({ ...node, kind, name: p.names.get(node) ?? '', taken: takenFrom(node) });

/** Where an arrow's body begins: an expression may be in parentheses. @param {Printer} p @param {Node} node */
const bodyStart = (p, node) =>
  node.expression ? p.find('>', p.find('=', node.params.at(-1)?.end ?? node.start)) + 1 : node.body.start;

/** A function's body, with its frame. @param {Printer} p @param {Node} node @param {number} index */
function framed(p, node, index) {
  const strict = p.scope.strict || (!node.expression && isStrict(node.body.body));
  return p.within({ ...scopeOf(node, index), marks: true, strict }, () => {
    const enter = p.entered(p.place('enter', node)) + takenFirst(p, node);
    const { body } = node;
    if (node.expression) {
      const statement = p.place('statement', body, wordsOf(body));
      const value = p.within({ statement }, () => returned(p, body, bodyStart(p, node), node.end));
      return `{${enter}${p.at(statement)};${value}}`;
    }
    const range = { start: body.start + 1, end: body.end - 1 };
    return `{${statements(p, body.body, range, { before: enter, after: `${p.left()};`, hoists: 'var' })}}`;
  });
}

/** What is done last before a return. @param {Printer} p */
const returning = (p) => (p.scope.finallies > 0 ? `${p.$}r=1` : p.left());

/** `return e`, where e is as it stands in the source, from `start` to `end`. @param {Printer} p */
function returned(p, argument, start = argument.start, end = argument.end) {
  const unnamed = isNameless(argument) ? '0,' : '';
  return `return ${p.$}v=(${unnamed}${p.between(start, end, [argument])}),${returning(p)},${p.$}v;`;
}

/** From a function's parameters to its end. @param {Printer} p @param {Node} node @param {number} start */
function fromParameters(p, node, start, index) {
  const scope = { ...scopeOf(node, index), marks: false };
  renameTaken(p, node);
  return p.within(scope, () => p.between(start, bodyStart(p, node), node.params)) + framed(p, node, index);
}

/** @param {Printer} p @param {Node} node */
function plainFunction(p, node) {
  const index = listed(p, node, 'function');
  const start = node.start + 'function'.length;
  return `function${markOf(index)}${fromParameters(p, node, start, index)}`;
}

/** @param {Printer} p @param {Node} node */
function plainArrow(p, node) {
  const index = listed(p, node, 'arrow');
  const { start } = node;
  if (p.source[start] === '(') return `(${markOf(index)}${fromParameters(p, node, start + 1, index)}`;
  const [param] = node.params;
  const rest = fromParameters(p, { ...node, params: [] }, param.end, index);
  return `(${markOf(index)}${p.print(param)})${rest}`;
}

/** The generator that an async function becomes. @param {Printer} p @param {Node} node @param {string} [name] */
function generator(p, node, index, name = '') {
  const head = `function*${markOf(index)}${name}`;
  if (!isArrow(node)) {
    const start = p.find('(', node.id?.end ?? node.start);
    return p.padded(node.start, start, head) + fromParameters(p, node, start, index);
  }
  const scope = { ...scopeOf(node, index), marks: false };
  const { params } = node;
  renameTaken(p, node);
  const list = params.length > 0 ? p.within(scope, () => p.between(params[0].start, params.at(-1).end, params)) : '';
  return p.padded(node.start, bodyStart(p, node), `${head}(${list})`) + framed(p, node, index);
}

/** @param {Printer} p @param {Node} node */
function asyncFunction(p, node) {
  const index = listed(p, node, isArrow(node) ? 'arrow' : 'function');
  const { $ } = p;
  const name = p.computedNames.has(node) ? `${$}.name()` : JSON.stringify(p.names.get(node) ?? '');
  const make = (thunks) => `${$}.${kindOf(node)}(${p.within(thunks, () => generator(p, node, index))},${name})`;
  if (node.id) return `(()=>{const ${node.id.name}=${make({})};return ${node.id.name}})()`;
  if (!isArrow(node) || p.scope.thunks) return make({});
  /** @type {Set<string>} */ const thunks = new Set();
  const text = make({ thunks });
  if (thunks.size === 0) return text;
  const used = [...thunks];
  return `((${used.map((thunk) => $ + thunk)})=>${text})(${used.map((thunk) => thunkOf(p, thunk))})`;
}

/** A declaration is hoisted; see statements.js. @param {Printer} p @param {Node} node */
function asyncDeclaration(p, node) {
  const hoisted = p.hoisted.get(node);
  const index = listed(p, node, 'function');
  if (hoisted) return generator(p, node, index, hoisted);
  const list = Array.from({ length: lengthOf(node) }, (_, i) => `${p.$}${i}`);
  return `function ${node.id.name}(${list}){return ${p.$}.run(${generator(p, node, index)},this,arguments)}`;
}

/** A function's length: its parameters up to the first that has a default or is a rest. @param {Node} node */
function lengthOf({ params }) {
  const end = params.findIndex(({ type }) => type === 'AssignmentPattern' || type === 'RestElement');
  return end < 0 ? params.length : end;
}

/** A method, getter or setter, of an object or a class. @param {Printer} p @param {Node} node */
export function method(p, node) {
  const { key, computed, value, kind } = node;
  const start = node.static ? p.skip(node.start + 'static'.length) : node.start;
  const name = p.names.get(value) ?? '';
  const index = p.places.addFunction({ name, kind: 'method', start, end: node.end, taken: takenFrom(value) });
  const mark = markOf(index, kindOf(value));
  if (value.async && key.type === 'PrivateIdentifier') return privateMethod(p, node, index);
  const keyText = computed ? p.print(key) : p.source.slice(key.start, key.end);
  const rest = p.source.slice(key.end, value.start) + fromParameters(p, value, value.start, index);
  const fixed = node.static ? 'static ' : '';
  if (value.async) return `${fixed}*${computed ? '[' : ''}${mark}${keyText}${rest}`;
  const before = p.source.slice(node.start, key.start);
  const isFirst = start === key.start; // then its text begins with the key
  return kind !== 'get' && kind !== 'set' && isFirst
    ? `${before}${keyText}${mark}${rest}`
    : `${before}${mark}${keyText}${rest}`;
}

/** Nobody but the class sees it, and nobody can replace it. @param {Printer} p @param {Node} node */
function privateMethod(p, node, index) {
  const { key, value } = node;
  const { $ } = p;
  const fixed = node.static ? 'static ' : '';
  const list = Array.from({ length: lengthOf(value) }, (_, i) => `${$}${i}`);
  const inner = `#${$}${index}`;
  const run = value.generator ? `${$}.runGenerator` : `${$}.run`;
  return (
    `${fixed}#${key.name}(${list}){return ${run}(this.${inner},this,arguments)}` +
    `${fixed}*${markOf(index, kindOf(value))}${inner}${fromParameters(p, value, value.start, index)}`
  );
}

/** @type {Record<string, import('./printer.js').How>} */
export const FUNCTIONS = {
  FunctionDeclaration: (p, node) => (node.async ? asyncDeclaration(p, node) : plainFunction(p, node)),
  FunctionExpression: (p, node) => (node.async ? asyncFunction(p, node) : plainFunction(p, node)),
  ArrowFunctionExpression: (p, node) => (node.async ? asyncFunction(p, node) : plainArrow(p, node)),
  ReturnStatement(p, node) {
    const { argument } = node;
    if (!argument) return `return void(${returning(p)});`;
    const end = p.source[node.end - 1] === ';' ? node.end - 1 : node.end;
    const start = node.start + 'return'.length;
    if (p.scope.kind !== 'asyncGenerator') return returned(p, argument, start, end);
    const text = suspended(p, 'await', argument, `(${p.between(start, end, [argument])})`);
    return `return ${p.$}v=${text},${returning(p)},${p.$}v;`;
  },
};
