// Small programs whose order nobody guarantees. `make conformance` runs each many times, and counts how often each
// order that the model allows was really seen; `unseen` says why one may not be.

export const openOrders = [
  {
    what: 'a timer of 0 ms and an immediate, from the main script',
    host: 'node',
    isMain: true, // a process of its own: inside a callback libuv's clock is fresh, and the timer never due yet
    scenario: 'script main\n  timer onTimeout after 0\n  immediate onImmediate\n',
  },
  {
    what: 'timers of 3 and of 2 ms, set one after the other',
    host: 'node',
    scenario: 'script main\n  timer three after 3\n  timer two after 2\n',
  },
  {
    what: 'a timer of 2 ms, and one of 0 ms that a microtask sets',
    host: 'node',
    scenario: 'script main\n  timer two after 2\n  microtask m\n    timer zero after 0\n',
  },
  {
    what: 'two timers of 5 ms, and what the first of them asks for: a timer of 1 ms and an immediate',
    host: 'node',
    scenario:
      'script main\n  timer one after 5\n    timer short after 1\n    immediate onImmediate\n  timer two after 5\n',
  },
  {
    what: 'two messages that are sent at once, and an immediate that the first one asks for',
    host: 'node',
    isMain: false, // there each message has a process of its own, and the two race
    scenario: 'socket one ready 5\n  immediate onImmediate\nsocket two ready 5\n',
  },
  {
    what: 'a timer that ended while a callback ran, and one of 0 ms that is set only then',
    host: 'browser',
    scenario: 'script main takes 6\n  timer older after 2\n  microtask m\n    timer zero after 0\n',
  },
  {
    what: 'a timer and a message, both ready while a callback runs',
    host: 'browser',
    scenario: 'socket onMessage ready 3\ntimer onTimeout ready 6\nscript main takes 12\n',
    unseen: `These engines take timers in the order of their time, and here a timer delivers the message: when it has done
so, onTimeout stands in the queue already.`,
  },
  {
    what: 'a frame, and a timer that ends before the next 60th of a second',
    host: 'browser',
    scenario: 'script main\n  frame onFrame\n  timer onTimeout after 8\n',
    unseen: `Each run begins soon after the last one's frame; an engine that keeps its pace draws the next a 60th of a
second after that.`,
  },
  {
    what: 'two timers, and a frame that a long callback made late',
    host: 'browser',
    scenario: 'script main takes 30\n  frame onFrame\n  timer one after 3\n  timer two after 6\n',
    unseen: 'An engine either draws a frame that is late before all else, or takes its turn among the timers.',
  },
];
