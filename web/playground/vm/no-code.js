// @ts-check
/**
 * As in a page whose policy allows none, no code is made of texts: not by eval, not by Function and its kin. What they
 * would make has not been lowered, and its jobs would be nobody's.
 */
export function refuseCode() {
  const { defineProperty, getPrototypeOf, setPrototypeOf } = Object;
  const ErrorOf = EvalError;
  const refuse = () => {
    throw new ErrorOf('Code generation from strings disallowed for this context');
  };
  const { prototype } = Function;
  const generators = getPrototypeOf(function* () {});
  const natives = [getPrototypeOf(async () => {}), getPrototypeOf(async function* () {})];
  const Ours = function () {
    refuse();
  };
  /** @param {any} f @param {string} name @param {any} its */
  const dress = (f, name, its) => {
    defineProperty(f, 'name', { value: name, configurable: true });
    defineProperty(f, 'length', { value: 1, configurable: true });
    defineProperty(f, 'prototype', { value: its, writable: false });
    defineProperty(its, 'constructor', { value: f, writable: its === prototype, configurable: true });
  };
  dress(Ours, 'Function', prototype);
  defineProperty(globalThis, 'Function', { value: Ours, writable: true, configurable: true });
  for (const its of [generators, ...natives]) {
    const { name } = its.constructor;
    const f = function () {
      refuse();
    };
    dress(f, name, its);
    setPrototypeOf(f, Ours);
  }
  defineProperty(globalThis, 'eval', { value: refuse, writable: true, configurable: true });
  defineProperty(refuse, 'name', { value: 'eval' });
}
