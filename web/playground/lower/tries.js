// @ts-check
// try: where an error lands, the first statement's word says which frame it is in; nothing else is needed for that.
// But in a generator the error may have come in from outside (suspension.js). The machine sees each error first: it may
// have to word it anew. What returns through a `finally` has not returned yet: `$r` says that it is to, and the last
// `finally` on its way says that it has.
import { bound } from './patterns.js';
import { block } from './statements.js';
import { caught } from './suspension.js';

/** @typedef {import('./printer.js').Printer} Printer */
/** @typedef {import('./parse.js').Node} Node */

/** @param {Printer} p @param {Node} node */
function catchClause(p, node) {
  const { param, body } = node;
  const before = caught(p);
  if (!param) return p.rest(node, new Map([[body, block(p, body, before)]]));
  const see = (name) => `${p.$}.caught(${name});`;
  if (param.type === 'Identifier') {
    return p.rest(node, new Map([[body, block(p, body, before + see(p.print(param)))]]));
  }
  // A pattern asks the error for what it has: so that is done when it has been seen.
  const name = p.fresh();
  const given = new Map([
    [param, name],
    [body, `{${before}${see(name)}${bound(p, 'let', param, name, '.catch')}${block(p, body)}}`],
  ]);
  return p.rest(node, given);
}

/** What is in a try that has a `finally`. @template T @param {Printer} p @param {() => T} print @returns {T} */
export const guarded = (p, print) => p.within({ finallies: p.scope.finallies + 1 }, print);

/** What a `finally` ends with. @param {Printer} p */
export const passed = (p) => (p.scope.finallies === 0 ? `if(${p.$}r)${p.left()};` : '');

/** @type {Record<string, import('./printer.js').How>} */
export const TRIES = {
  CatchClause: catchClause,
  TryStatement(p, node) {
    const { block: guardedBlock, handler, finalizer } = node;
    if (!finalizer) return p.rest(node);
    // What it does meanwhile may return on its own, or not at all.
    const returns = p.fresh();
    const before = `${caught(p)}let ${returns}=${p.$}r;${p.$}r=0;`;
    const given = new Map([[finalizer, block(p, finalizer, before, `${p.$}r=${returns};${passed(p)}`)]]);
    for (const part of [guardedBlock, handler])
      if (part)
        given.set(
          part,
          guarded(p, () => p.print(part)),
        );
    return p.rest(node, given);
  },
};
