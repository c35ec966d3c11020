// @ts-check
/**
 * The exercises of both lessons: a scenario, a question, and the answer. The page asks them (lesson-exercises.js); the
 * tests that a learner runs at home ask the core (tests/io-multiplexer.test.mjs, tests/event-loop.test.mjs).
 *
 * An answer is an order, of names; or a number of milliseconds, at one name: when it comes, or how long it has waited.
 *
 * @typedef {object} Exercise
 * @property {string} title  what it teaches, a sentence
 * @property {string} way  the mode of lesson 4, or the host of lesson 5
 * @property {string} text  the scenario
 * @property {string} question
 * @property {string[]} [order]  the answer
 * @property {{ name: string, what: 'time' | 'latency', ms: number }} [at]  the answer
 */

const THREE_DOORS = `socket A "slow report" ready 6
socket B "chat ping"   ready 1
socket C "image tile"  ready 3`;

const TWO_ROUNDS = `socket A "slow report" ready 6
socket B "chat ping"   ready 1 2
socket C "image tile"  ready 3 takes 2`;

/** @type {Record<'multiplexer' | 'loop', Exercise[]>} */
export const EXERCISES = {
  multiplexer: [
    {
      title: 'Blocking serves the sockets in the order of the list.',
      way: 'blocking',
      text: THREE_DOORS,
      question: 'The guard blocks. In which order are the messages handled?',
      order: ['A', 'B', 'C'],
    },
    {
      title: 'B is ready early, and waits behind slow A.',
      way: 'blocking',
      text: THREE_DOORS,
      question: 'The guard blocks. How long has B waited when it is handled?',
      at: { name: 'B', what: 'latency', ms: 5 },
    },
    {
      title: 'Readiness serves the socket that has been ready longest.',
      way: 'readiness',
      text: THREE_DOORS,
      question: 'The guard watches readiness. In which order are the messages handled?',
      order: ['B', 'C', 'A'],
    },
    {
      title: 'Sockets that become ready at the same time are served in the order of the list.',
      way: 'readiness',
      text: `socket B ready 2
socket A ready 2
socket C ready 1`,
      question: 'The guard watches readiness. In which order are the messages handled?',
      order: ['C', 'B', 'A'],
    },
    {
      title: 'Readiness does not cure a slow handler.',
      way: 'readiness',
      text: `socket slow  ready 0 takes 50
socket quick ready 1`,
      question: 'The guard watches readiness. When is quick handled?',
      at: { name: 'quick', what: 'time', ms: 50 },
    },
    {
      title: 'Blocking goes round and round, and leaves out whoever has nothing more to come.',
      way: 'blocking',
      text: TWO_ROUNDS,
      question: 'B has two messages, and C takes 2 ms to handle. The guard blocks. In which order are they handled?',
      order: ['A', 'B', 'C', 'B'],
    },
    {
      title: 'With readiness, none of these messages waits.',
      way: 'readiness',
      text: TWO_ROUNDS,
      question: 'The same four messages; now the guard watches readiness. In which order are they handled?',
      order: ['B', 'B', 'C', 'A'],
    },
  ],
  loop: [
    {
      title: 'At the same time the microtask runs before the task.',
      way: 'browser',
      text: `timer   onTimeout ready 2
promise onResolve ready 2
socket  onMessage ready 4`,
      question: 'In which order do the callbacks run?',
      order: ['onResolve', 'onTimeout', 'onMessage'],
    },
    {
      title: 'All microtasks run before the next task, those that microtasks queue too.',
      way: 'browser',
      text: `script main
  timer onTimeout after 0
  microtask first
    microtask second`,
      question: 'In which order do the callbacks run?',
      order: ['main', 'first', 'second', 'onTimeout'],
    },
    {
      title: 'Tasks run in the order in which they became ready; equal times, in the order of their creation.',
      way: 'browser',
      text: `timer late  ready 3
timer early ready 1
timer too   ready 1`,
      question: 'In which order do the callbacks run?',
      order: ['early', 'too', 'late'],
    },
    {
      title: 'A callback is never interrupted: what becomes ready meanwhile waits.',
      way: 'browser',
      text: `script  main takes 10
promise onResolve ready 1
timer   onTimeout ready 1`,
      question: 'main holds the thread for 10 ms. When does onResolve run?',
      at: { name: 'onResolve', what: 'time', ms: 10 },
    },
    {
      title: 'A timer of 0 ms is not immediate: it waits behind the microtasks.',
      way: 'browser',
      text: `script main
  timer zero after 0
  microtask then`,
      question: 'In which order do the callbacks run?',
      order: ['main', 'then', 'zero'],
    },
    {
      title: 'In Node, ticks run before microtasks.',
      way: 'node',
      text: `script main
  immediate soon
  microtask then
  tick next`,
      question: 'This one runs in Node. In which order do the callbacks run?',
      order: ['main', 'next', 'then', 'soon'],
    },
  ],
};
