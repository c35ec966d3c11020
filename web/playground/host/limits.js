// @ts-check
// What a program may use up, and what is said when it has.

export const LIMITS = {
  words: 2_000_000, // of the trace: a statement is about two
  events: 50_000,
  ms: 3000,
  bytes: 128 * 2 ** 20,
  characters: 1_000_000,
};

/** @typedef {'statements' | 'jobs' | 'time' | 'memory' | 'stack' | 'output'} Limit */

/** @type {Record<Limit, string>} */
export const LIMIT_WORDS = {
  statements: 'it ran too many statements: is there a loop that does not end?',
  jobs: `it asked for more than ${LIMITS.events.toLocaleString('en')} callbacks: is there one that asks for itself again?`,
  time: `it ran for more than ${LIMITS.ms / 1000} seconds: is there a loop that does not end?`,
  memory: `it took more than ${LIMITS.bytes / 2 ** 20} MB of memory: is there a list that grows for ever?`,
  stack: 'its calls went too deep: is there a function that calls itself for ever?',
  output: 'it wrote more than a million characters to the console.',
};
