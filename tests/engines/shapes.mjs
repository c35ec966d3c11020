// The kinds of random programs. Delays lie as close as they may: together, a millisecond apart, or a fraction of one.
// (The times of sources are whole: to a model they are exact, and setTimeout, which makes them in an engine, cuts
// them.)

const NO_TIME = { sources: [], delays: [], times: [], takes: [] };
const TIME = { delays: [0, 0, 1, 2, 3, 2.9, 2.1, 5, 10], times: [5, 1, 6, 8, 11, 14, 17], takes: [7, 1, 3, 12] };

const NODE = { host: 'node' };
// The engines clamp timers from another depth on (known-differences.mjs): here no timers are nested so deep.
const BROWSER = { host: 'browser', deepest: 4 };

/** Ticks, microtasks and immediates: over at once. */
export const nodeQueues = { ...NODE, ...NO_TIME, actions: ['microtask', 'microtask', 'tick', 'tick', 'immediate'] };

/** Short timers against immediates. */
export const nodeRaces = {
  ...nodeQueues,
  actions: [...nodeQueues.actions, 'timer', 'timer', 'timer'],
  delays: [0, 1, 2, 3, 2.9, 2.1],
};

/** All phases: timers, real I/O, immediates, and callbacks that hold the thread. */
export const nodePhases = {
  ...NODE,
  ...TIME,
  actions: ['microtask', 'tick', 'immediate', 'timer', 'timer'],
  sources: ['timer', 'socket', 'promise'],
};

/** Every delay from 0 on, for a clock that is exact. */
export const browserExact = {
  host: 'browser',
  isExact: true,
  actions: ['microtask', 'microtask', 'timer'],
  sources: ['timer', 'promise'],
  delays: [0, 0, 1, 1, 2, 3, 5, 0.9, 2.9, 2.1],
  times: [1, 2, 3, 5],
  takes: [],
};

/** Tasks and microtasks on a real clock, and callbacks that hold the thread. */
export const browserTasks = {
  ...BROWSER,
  ...TIME,
  actions: ['microtask', 'microtask', 'timer'],
  sources: ['timer', 'socket', 'promise'],
};

/** Timers that end while a callback holds the thread, against those that are set only then. */
export const browserOverdue = { ...browserTasks, actions: ['timer', 'microtask', 'timer'], sources: [], lines: 8 };

/** Microtasks, and timers of 0 ms: over at once. */
export const browserQueues = { ...BROWSER, ...NO_TIME, actions: ['microtask', 'microtask', 'timer'], delays: [0] };

const PROMISES =
  'promise promise then then then catch finally resolve resolve resolve reject thenable async async'.split(' ');

/** Promises and async functions among microtasks, and among ticks in Node: over at once. */
export const nodePromises = {
  ...NODE,
  listens: true, // to the rejections that nobody handles: all programs run in one process
  ...NO_TIME,
  actions: [...PROMISES, 'microtask', 'microtask', 'tick', 'immediate'],
};
export const browserPromises = {
  ...BROWSER,
  ...NO_TIME,
  actions: [...PROMISES, 'microtask', 'microtask', 'microtask'],
};

/** The first rejection that nobody handles ends the process, which therefore is one of its own. */
export const nodeEndings = { ...nodePromises, listens: false, actions: [...nodePromises.actions, 'reject', 'reject'] };

/** The same with timers, which settle them later. */
export const nodePromisesLater = { ...nodePhases, listens: true, actions: [...PROMISES, ...nodePhases.actions] };
export const browserPromisesLater = { ...browserTasks, actions: [...PROMISES, ...browserTasks.actions] };
export const browserPromisesExact = { ...browserExact, actions: [...PROMISES, ...browserExact.actions] };

/**
 * Animation frames, asked for by anything at any time. A frame that takes long may make a promise source late, which
 * JavaScript cannot do as the model does (isLatePromise in check.mjs): there are none.
 */
export const browserFrames = {
  ...browserTasks,
  actions: ['frame', 'frame', 'microtask', 'timer'],
  sources: ['timer', 'socket'],
};
