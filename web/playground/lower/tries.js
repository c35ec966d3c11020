// @ts-check
// try: where an error lands, the first statement's word says which frame it is in; nothing else is needed. But in a
// generator the error may have come in from outside (suspension.js). And what returns through a `finally` has said so
// before it; at the end, control is again where it was to return to.
import { block } from './statements.js';
import { caught } from './suspension.js';

/** @type {Record<string, import('./printer.js').How>} */
export const TRIES = {
  CatchClause: (p, node) => p.rest(node, new Map([[node.body, block(p, node.body, caught(p))]])),
  TryStatement(p, node) {
    const { finalizer } = node;
    if (!finalizer) return p.rest(node);
    return p.rest(node, new Map([[finalizer, block(p, finalizer, caught(p), `${p.$}D=${p.$}p;`)]]));
  },
};
