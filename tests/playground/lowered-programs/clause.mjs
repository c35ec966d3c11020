// Programs, each for a rule of ECMAScript that lowering must keep; by clause. What they must log, the engine says.
// A program has log(...values), queueMicrotask, nextTick, setImmediate.

/**
 * @typedef {{ name: string, source: string, module?: boolean, inQuickJs?: string[] }} Program  inQuickJs: what it logs
 * there, where QuickJS has a fault that lowering leaves as it is
 */

/**
 * Programs under the name of a clause.
 *
 * @param {string} clause @param {Record<string, string>} programs  each a name, and its text
 * @returns {Program[]}
 */
export const clause = (clause, programs) =>
  Object.entries(programs).map(([name, source]) => ({ name: `${clause}: ${name}`, source }));

/** The same, for modules. @param {string} name @param {Record<string, string>} programs @returns {Program[]} */
export const moduleClause = (name, programs) => clause(name, programs).map((program) => ({ ...program, module: true }));

/** Logs how each of these ended, in the order in which they do. */
export const TELL = `
const tell = (name, f) => {
  let p;
  try { p = f(); } catch (e) { return log(name, 'threw', e); }
  if (p === null || typeof p !== 'object' || typeof p.then !== 'function') return log(name, 'gave', p);
  p.then((v) => log(name, 'fulfilled', v), (e) => log(name, 'rejected', e));
};
`;
