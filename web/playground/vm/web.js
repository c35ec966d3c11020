// @ts-check
/**
 * What both hosts have of the web's: events, AbortController, structuredClone, atob and btoa, performance.now,
 * DOMException.
 */
import { makeAborting } from './aborting.js';
import { makeBase64 } from './base64.js';
import { installDate, makePerformance } from './clock.js';
import { makeDOMException } from './dom-exception.js';
import { codedError } from './errors.js';
import { makeEvents } from './event-target.js';
import { makeCloning } from './structured-clone.js';

/**
 * @param {any} parts see main.js
 * @param {(error: any) => void} reportError what becomes of an error that a listener throws
 */
export function makeWeb(parts, reportError) {
  const { kernel, options, pristine } = parts;
  const isNode = options.host === 'node';
  const DOMException = makeDOMException();

  /** A call without what it needs. @param {string} needed as Node says it @param {string} call as a browser does
   * @param {number} count @param {number} given */
  const missing = (needed, call, count, given) =>
    isNode
      ? codedError(TypeError, 'ERR_MISSING_ARGS', `The ${needed} must be specified`)
      : new TypeError(
          `Failed to ${call}: ${count} argument${count > 1 ? 's' : ''} required, but only ${given} present.`,
        );

  const shared = { ...parts, isNode, DOMException, missing };
  const events = makeEvents(shared, reportError);
  const clonedFor = makeCloning(shared, events);
  installDate(kernel);

  return {
    globals: {
      Event: events.Event,
      CustomEvent: events.CustomEvent,
      EventTarget: events.EventTarget,
      ...makeAborting(shared, events),
      DOMException,
      performance: makePerformance(kernel),
      ...makeBase64(shared),
      structuredClone(/** @type {any} */ value, /** @type {any} */ options) {
        const call = "execute 'structuredClone' on 'Window'";
        if (arguments.length === 0) throw missing('value argument', call, 1, 0);
        return clonedFor(call, value, options?.transfer);
      },
    },
    ...events,
    clonedFor,
    missing,
    pristine,
  };
}
