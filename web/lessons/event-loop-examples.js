// @ts-check
/**
 * The scenarios that a learner of lesson 5 can pick, each with its host and one sentence on what to watch. The first is
 * the one that stands in the page.
 *
 * @type {import('../elements/player/example-picker.js').Example[]}
 */
export const examples = [
  {
    name: 'The lesson’s own',
    host: 'browser',
    watch: 'two doorbells ring at 2 ms: whose card comes to the desk first?',
  },
  {
    name: 'Equal times',
    host: 'browser',
    watch: 'both timers are due at 2 ms and run in the order of their lines, but the microtask slips in between them.',
    text: `timer first ready 2
  microtask afterFirst
timer second ready 2`,
  },
  {
    name: 'A chain of microtasks',
    host: 'browser',
    watch: 'each microtask queues the next one, and all of them run before the timer that has been due all along.',
    text: `timer start ready 1
  microtask one
    microtask two
      microtask three
timer onTimeout ready 1`,
  },
  {
    name: 'Starvation',
    host: 'browser',
    watch:
      'a microtask that queues itself once more, for ever, lets nobody else run: jump to the end, and see who still waits.',
    text: `script main
  timer onTimeout after 0
  microtask onceMore takes 0.01 forever
input onClick ready 3`,
  },
  {
    name: 'Nested timers',
    host: 'browser',
    watch: 'every timer asks for 0 ms, and from the seventh on, each one is made to wait for 4 ms.',
    text: `script main
  timer one after 0
    timer two after 0
      timer three after 0
        timer four after 0
          timer five after 0
            timer six after 0
              timer seven after 0
                timer eight after 0`,
  },
  {
    name: 'A long task delays a frame',
    host: 'browser',
    watch:
      'the frame is due at 16.667 ms, in a browser perhaps sooner, but a timer’s callback holds the thread from 10 to 40 ms.',
    text: `script main
  frame draw
  timer heavy after 10 takes 30`,
  },
  {
    name: 'Sources without a guarantee',
    host: 'browser',
    watch: 'the two timers keep their order, but the message may come before, between or behind them.',
    text: `timer  first ready 2
timer  second ready 2
socket onMessage ready 2`,
  },
  {
    name: 'await against then',
    host: 'browser',
    watch: 'an await costs one microtask, as a then does: the two chains take turns.',
    text: `script main
  promise p
  resolve p
  then one of p
  then two of one
  async load
    await p
    await p`,
  },
  {
    name: 'return against return await',
    host: 'browser',
    watch: 'viaReturn returns the promise itself, and that costs two microtasks in which no code of yours runs.',
    text: `script main
  promise p
  resolve p
  async viaReturn
    return p
  then onReturn of viaReturn
  async viaAwait
    await p
  then onAwait of viaAwait`,
  },
  {
    name: 'nextTick against a promise',
    host: 'node',
    watch: 'ticks go before microtasks, but a tick that a microtask asks for waits until no microtask is left.',
    text: `script main
  microtask onResolve
    tick lateTick
  microtask afterwards
  tick onTick`,
  },
  {
    name: 'setImmediate against a timer',
    host: 'node',
    watch: 'nobody guarantees this order: it depends on whether 1 ms has passed when the loop looks at its timers.',
    text: `script main
  timer onTimeout after 0
  immediate onImmediate`,
  },
  {
    name: 'The same inside an I/O callback',
    host: 'node',
    watch: 'after poll the loop comes to check, so here the immediate always goes first.',
    text: `socket onRead ready 2
  timer onTimeout after 0
  immediate onImmediate`,
  },
  {
    name: 'A rejection that nobody handles',
    host: 'node',
    watch:
      'the process ends before the timer can handle it; with the browser as host the run goes on, and the catch comes late.',
    text: `script main
  promise p
  reject p
  timer later after 2
    catch onError of p`,
  },
];
