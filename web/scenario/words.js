// @ts-check
import { Instance, ScenarioError } from '../core/doorbell.js';

/**
 * Who knows the words of a host, for line-help.js.
 *
 * @param {import('../core/doorbell.js').Doorbell} doorbell @param {import('../core/advice.js').Advice} advice
 * @param {string} host of core/model/scenario/words.h: 'multiplexer', 'browser' or 'node'
 * @param {(text: string) => import('../core/doorbell.js').Trace} read throws where a text has problems
 * @returns {import('./line-help.js').Core}
 */
export function coreOf(doorbell, advice, host, read) {
  const { kinds, hosts } = new Instance(doorbell.module).describe();
  return {
    kinds,
    usage: (kind, under) => advice.usage(kind, hosts.indexOf(host), under, kinds),
    problems(text) {
      try {
        doorbell.recycle(read(text));
        return 0;
      } catch (error) {
        return error instanceof ScenarioError ? error.count : Infinity;
      }
    },
  };
}
