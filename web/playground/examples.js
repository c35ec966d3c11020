// @ts-check
/**
 * The programs that a learner can pick in the playground, from two timers to async iteration, with the puzzles that
 * people are asked in interviews. Each has a question to answer before it runs.
 *
 * @typedef {object} Example
 * @property {string} name  of its own, for an address
 * @property {string} title
 * @property {'node' | 'browser'} host
 * @property {boolean} module  an ES module, where await may stand at the top
 * @property {string} program
 * @property {string} question  about what the console shows
 * @property {number} line  which of the console's lines the question asks for: from 1, or -1 for the last
 * @property {string} answer  that line
 * @property {string} why  one sentence
 *
 * @type {Example[]}
 */
export const examples = [
  {
    name: 'two-timers',
    title: 'Two timers',
    host: 'node',
    module: false,
    program: `setTimeout(() => console.log('slow'), 20);
setTimeout(() => console.log('fast'), 5);
console.log('ready');
`,
    question: 'Which line comes first?',
    line: 1,
    answer: 'ready',
    why: 'The script runs to its end before any timer, and then the timers come by their time, not by their line.',
  },
  {
    name: 'zero-is-not-now',
    title: 'Zero is not now',
    host: 'node',
    module: false,
    program: `console.log('one');
setTimeout(() => console.log('two'), 0);
console.log('three');
`,
    question: 'Which line comes last?',
    line: -1,
    answer: 'two',
    why: 'Even with a delay of 0 the callback is a task of its own, and a task waits until the script is over.',
  },
  {
    name: 'promise-before-timer',
    title: 'A promise before a timer',
    host: 'node',
    module: false,
    program: `setTimeout(() => console.log('timer'), 0);
Promise.resolve().then(() => console.log('promise'));
console.log('script');
`,
    question: 'Which line comes second?',
    line: 2,
    answer: 'promise',
    why: 'What a settled promise leads to is a microtask, and all microtasks run before the next task.',
  },
  {
    name: 'executor',
    title: 'What is inside new Promise',
    host: 'node',
    module: false,
    program: `console.log('before');
new Promise((resolve) => {
  console.log('executor');
  resolve('value');
}).then((value) => console.log(value));
console.log('after');
`,
    question: 'Which line comes second?',
    line: 2,
    answer: 'executor',
    why: 'The function that new Promise is given runs at once, like any call; only what is in then comes later.',
  },
  {
    name: 'two-chains',
    title: 'Two chains take turns',
    host: 'node',
    module: false,
    program: `const say = (text) => () => console.log(text);
Promise.resolve().then(say('a 1')).then(say('a 2')).then(say('a 3'));
Promise.resolve().then(say('b 1')).then(say('b 2')).then(say('b 3'));
`,
    question: 'Which line comes after “a 1”?',
    line: 2,
    answer: 'b 1',
    why: 'Each then queues its callback only when the one before it is done, at the end of the one queue that all share.',
  },
  {
    name: 'async-until-await',
    title: 'An async function, up to its first await',
    host: 'node',
    module: false,
    program: `async function load() {
  console.log('load begins');
  await null;
  console.log('load goes on');
}

console.log('one');
load();
console.log('two');
`,
    question: 'Which line comes second?',
    line: 2,
    answer: 'load begins',
    why: 'Calling an async function runs it at once; its first await is where the caller goes on.',
  },
  {
    name: 'await-holds-only-its-own',
    title: 'await holds up only its own function',
    host: 'node',
    module: false,
    program: `const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function cook(dish, ms) {
  console.log('begin', dish);
  await wait(ms);
  console.log('serve', dish);
}

cook('roast', 60);
cook('salad', 10);
console.log('the kitchen is free');
`,
    question: 'What is served first?',
    line: 4,
    answer: 'serve salad',
    why: 'While the roast’s function waits the thread is free, so both dishes are on their way side by side.',
  },
  {
    name: 'one-after-another',
    title: 'One after another, or side by side',
    host: 'node',
    module: false,
    program: `const wait = (ms, name) => new Promise((resolve) => setTimeout(() => {
  console.log(name);
  resolve();
}, ms));

async function main() {
  await wait(30, 'a');
  await wait(10, 'b');
  const c = wait(60, 'c');
  const d = wait(10, 'd');
  await c;
  await d;
}
main();
`,
    question: 'Which of c and d comes first?',
    line: 3,
    answer: 'd',
    why: 'b is asked for only when a is there, but c and d are both begun before anybody waits for them.',
  },
  {
    name: 'promise-all',
    title: 'Promise.all',
    host: 'node',
    module: false,
    program: `const fetchUser = (name, ms) => new Promise((resolve) => setTimeout(() => {
  console.log(name, 'is here');
  resolve(name);
}, ms));

Promise.all([fetchUser('Ada', 50), fetchUser('Grace', 10)])
  .then((names) => console.log(names.join(', ')));
`,
    question: 'What does the last line say?',
    line: -1,
    answer: 'Ada, Grace',
    why: 'Promise.all waits for the slowest, and gives the values in the order of its list, not of their arrival.',
  },
  {
    name: 'time-limit',
    title: 'A time limit by Promise.race',
    host: 'node',
    module: false,
    program: `const answer = new Promise((resolve) => setTimeout(() => {
  console.log('the answer is ready');
  resolve('42');
}, 80));
const limit = new Promise((_, reject) => setTimeout(() => reject(new Error('too slow')), 20));

Promise.race([answer, limit])
  .then((value) => console.log(value))
  .catch((error) => console.log(error.message));
`,
    question: 'What does the last line say?',
    line: -1,
    answer: 'the answer is ready',
    why: 'The race goes to the limit, but nothing is cancelled: the loser goes on, and nobody listens to it any more.',
  },
  {
    name: 'settled-or-any',
    title: 'allSettled and any',
    host: 'node',
    module: false,
    program: `const fail = () => Promise.reject(new Error('no'));

Promise.allSettled([fail(), 'yes']).then((all) => console.log('allSettled', all.map(({ status }) => status)));
Promise.any([fail(), 'yes']).then((value) => console.log('any', value));
Promise.all([fail(), 'yes']).catch((error) => console.log('all', error.message));
`,
    question: 'What does the first line say?',
    line: 1,
    answer: "allSettled [ 'rejected', 'fulfilled' ]",
    why: 'Nobody waits for a clock here: each of the three needs microtasks for its elements, and the first call’s stand first in the queue.',
  },
  {
    name: 'try-and-await',
    title: 'try, catch and finally around an await',
    host: 'node',
    module: false,
    program: `const save = () => Promise.reject(new Error('disk is full'));

async function main() {
  try {
    await save();
    console.log('saved');
  } catch (error) {
    console.log('caught:', error.message);
  } finally {
    console.log('closed');
  }
}
main();
console.log('script end');
`,
    question: 'Which line comes first?',
    line: 1,
    answer: 'script end',
    why: 'An await gives way even when the promise is rejected already; then the rejection is thrown at the await.',
  },
  {
    name: 'forgotten-await',
    title: 'The forgotten await',
    host: 'node',
    module: false,
    program: `async function save() {
  throw new Error('disk is full');
}

async function main() {
  try {
    return save();
  } catch {
    return 'caught in main';
  }
}
main().then(console.log, (error) => console.log('nobody caught:', error.message));
`,
    question: 'What does the console say?',
    line: 1,
    answer: 'nobody caught: disk is full',
    why: 'Without await the promise is handed on before it is rejected, and the try block is left: write return await.',
  },
  {
    name: 'for-each',
    title: 'forEach does not wait',
    host: 'node',
    module: false,
    program: `async function main() {
  [1, 2].forEach(async (number) => {
    await null;
    console.log('number', number);
  });
  console.log('all done');
}
main();
`,
    question: 'Which line comes first?',
    line: 1,
    answer: 'all done',
    why: 'forEach drops the promises that its callback returns; a for...of loop with await would wait for each.',
  },
  {
    name: 'closures-in-a-loop',
    title: 'var, let and timers in a loop',
    host: 'node',
    module: false,
    program: `for (var i = 0; i < 2; i++) setTimeout(() => console.log('var', i), 10);
for (let j = 0; j < 2; j++) setTimeout(() => console.log('let', j), 60);
`,
    question: 'What does the first line say?',
    line: 1,
    answer: 'var 2',
    why: 'All rounds share the one var, which is 2 when the timers come, but each round has a let of its own.',
  },
  {
    name: 'debounce',
    title: 'Debounce with clearTimeout',
    host: 'node',
    module: false,
    program: `let timer;
function search(text) {
  clearTimeout(timer);
  timer = setTimeout(() => console.log('search for', text), 40);
}

search('d');
setTimeout(() => search('do'), 10);
setTimeout(() => search('door'), 20);
`,
    question: 'What does the first line say?',
    line: 1,
    answer: 'search for door',
    why: 'Each call clears the timer of the one before it, so only the last one, which nobody clears, runs.',
  },
  {
    name: 'interval-that-ends',
    title: 'An interval that ends itself',
    host: 'node',
    module: false,
    program: `let count = 0;
const interval = setInterval(() => {
  count++;
  console.log('beat', count);
  if (count === 3) clearInterval(interval);
}, 10);
console.log('count is', count);
`,
    question: 'What does the last line say?',
    line: -1,
    answer: 'beat 3',
    why: 'The third beat clears the interval, and with nothing left to wait for the process ends.',
  },
  {
    name: 'busy-thread',
    title: 'A busy thread',
    host: 'node',
    module: false,
    program: `setTimeout(() => console.log('timer of 10'), 10);
setTimeout(() => console.log('timer of 1'), 1);
Promise.resolve().then(() => console.log('promise'));

const start = performance.now();
while (performance.now() - start < 40);
console.log('40 ms later');
`,
    question: 'Which line comes second?',
    line: 2,
    answer: 'promise',
    why: 'Nothing interrupts running code: both timers are long due when it ends, and even then the microtask goes first.',
  },
  {
    name: 'starvation',
    title: 'Microtasks that let nobody else in',
    host: 'node',
    module: false,
    program: `setTimeout(() => console.log('timer'), 0);

let rounds = 0;
function again() {
  rounds++;
  if (rounds < 500) Promise.resolve().then(again);
  else console.log('rounds:', rounds);
}
again();
`,
    question: 'Which line comes first?',
    line: 1,
    answer: 'rounds: 500',
    why: 'Microtasks that are queued by microtasks run before the next task too; without an end the timer would never come.',
  },
  {
    name: 'tick-or-promise',
    title: 'process.nextTick or a promise',
    host: 'node',
    module: false,
    program: `Promise.resolve().then(() => console.log('promise'));
process.nextTick(() => console.log('tick'));
console.log('script');
`,
    question: 'Which line comes second?',
    line: 2,
    answer: 'tick',
    why: 'After a CommonJS script Node runs all ticks first, and then the microtasks.',
  },
  {
    name: 'tick-in-a-module',
    title: 'The same in an ES module',
    host: 'node',
    module: true,
    program: `Promise.resolve().then(() => console.log('promise'));
process.nextTick(() => console.log('tick'));
console.log('module');
`,
    question: 'Which line comes second?',
    line: 2,
    answer: 'promise',
    why: 'A module is itself run by a microtask, and microtasks, once begun, go on until none is left: only then come the ticks.',
  },
  {
    name: 'immediate-after-io',
    title: 'setImmediate or setTimeout, after a file was read',
    host: 'node',
    module: false,
    program: `const fs = require('node:fs');

fs.readFile(__filename, () => {
  setTimeout(() => console.log('timer'), 0);
  setImmediate(() => console.log('immediate'));
});
`,
    question: 'Which line comes first?',
    line: 1,
    answer: 'immediate',
    why: 'The file’s callback runs in the poll phase, and the check phase, where immediates run, comes right after it.',
  },
  {
    name: 'emitter',
    title: 'An EventEmitter does not wait',
    host: 'node',
    module: false,
    program: `const { EventEmitter } = require('node:events');

const door = new EventEmitter();
door.on('ring', () => {
  console.log('listener');
  Promise.resolve().then(() => console.log('promise'));
});

console.log('before');
door.emit('ring');
console.log('after');
`,
    question: 'Which line comes second?',
    line: 2,
    answer: 'listener',
    why: 'emit calls the listeners like plain functions, one after another, before it returns.',
  },
  {
    name: 'top-level-await',
    title: 'await at the top of a module',
    host: 'node',
    module: true,
    program: `setTimeout(() => console.log('timer'), 10);
console.log('one');
await new Promise((resolve) => setTimeout(resolve, 60));
console.log('two');
`,
    question: 'Which line comes second?',
    line: 2,
    answer: 'timer',
    why: 'The await holds up the module, not the thread: what is due meanwhile runs.',
  },
  {
    name: 'unhandled-rejection',
    title: 'A rejection that nobody handles',
    host: 'node',
    module: false,
    program: `process.on('exit', (code) => console.log('exit code', code));
setTimeout(() => console.log('timer'), 0);
Promise.resolve().then(() => console.log('promise'));
Promise.reject(new Error('nobody handles this'));
console.log('script');
`,
    question: 'What does the last line say?',
    line: -1,
    answer: 'exit code 1',
    why: 'When the microtasks are done and there is still no handler Node ends the process, and the timer never comes.',
  },
  {
    name: 'click-by-hand',
    title: 'Two listeners, and click() from code',
    host: 'browser',
    module: false,
    program: `const button = document.createElement('button');
for (const name of ['first', 'second']) {
  button.addEventListener('click', () => {
    console.log(name);
    Promise.resolve().then(() => console.log('promise of the', name));
  });
}
button.click();
console.log('script end');
`,
    question: 'Which line comes second?',
    line: 2,
    answer: 'second',
    why: 'click() calls both listeners while the script is still running, so no microtask can come between them.',
  },
  {
    name: 'frame',
    title: 'Before the next frame',
    host: 'browser',
    module: false,
    program: `requestAnimationFrame(() => {
  console.log('frame');
  Promise.resolve().then(() => console.log('promise'));
  requestAnimationFrame(() => console.log('next frame'));
});
requestAnimationFrame(() => console.log('same frame'));
`,
    question: 'Which line comes second?',
    line: 2,
    answer: 'promise',
    why: 'Microtasks run after each frame callback, before the next one; what a frame callback asks for waits for the frame after.',
  },
  {
    name: 'task-priorities',
    title: 'Tasks with priorities',
    host: 'browser',
    module: false,
    program: `scheduler.postTask(() => console.log('background'), { priority: 'background' });
scheduler.postTask(() => console.log('user-visible'));
scheduler.postTask(() => console.log('user-blocking'), { priority: 'user-blocking' });
Promise.resolve().then(() => console.log('promise'));
`,
    question: 'Which task comes first?',
    line: 2,
    answer: 'user-blocking',
    why: 'The scheduler takes the task of the highest priority, whichever was posted first, and never before the microtasks.',
  },
  {
    name: 'puzzle-async1-async2',
    title: 'Interview: async1 and async2',
    host: 'node',
    module: false,
    program: `async function async1() {
  console.log('async1 start');
  await async2();
  console.log('async1 end');
}
async function async2() {
  console.log('async2');
}

console.log('script start');
setTimeout(() => console.log('timeout'), 0);
async1();
new Promise((resolve) => {
  console.log('promise 1');
  resolve();
}).then(() => console.log('promise 2'));
console.log('script end');
`,
    question: 'Which line comes right after “script end”?',
    line: 6,
    answer: 'async1 end',
    why: 'The await in async1 was reached first, so what follows it stands in the queue before the then.',
  },
  {
    name: 'puzzle-return-a-promise',
    title: 'Interview: a promise returned in then',
    host: 'node',
    module: false,
    program: `Promise.resolve()
  .then(() => {
    console.log(0);
    return Promise.resolve(4);
  })
  .then((value) => console.log(value));

Promise.resolve()
  .then(() => console.log(1))
  .then(() => console.log(2))
  .then(() => console.log(3))
  .then(() => console.log(5))
  .then(() => console.log(6));
`,
    question: 'Which line comes after 1: 2 or 4?',
    line: 3,
    answer: '2',
    why: 'A promise that a callback returns costs two microtasks more: one that calls its then, and one that brings its value.',
  },
  {
    name: 'puzzle-everything',
    title: 'Interview: all of Node’s queues',
    host: 'node',
    module: false,
    program: `console.log('script');
setTimeout(() => {
  console.log('timer');
  process.nextTick(() => console.log('tick of the timer'));
  Promise.resolve().then(() => console.log('promise of the timer'));
}, 0);
Promise.resolve().then(() => {
  console.log('promise');
  process.nextTick(() => console.log('tick of the promise'));
}).then(() => console.log('next promise'));
process.nextTick(() => console.log('tick'));
`,
    question: 'Which comes first, “tick of the promise” or “next promise”?',
    line: 4,
    answer: 'next promise',
    why: 'Microtasks, once begun, go on until none is left, and only then is it the turn of the ticks again.',
  },
  {
    name: 'async-generator',
    title: 'An async generator, closed by break',
    host: 'node',
    module: false,
    program: `async function* pages() {
  try {
    for (let page = 1; ; page++) {
      console.log('load', page);
      await null;
      yield page;
    }
  } finally {
    console.log('close');
  }
}

async function main() {
  for await (const page of pages()) {
    console.log('show', page);
    if (page === 2) break;
  }
  console.log('done');
}
main();
`,
    question: 'Which line comes after “show 2”?',
    line: 5,
    answer: 'close',
    why: 'break tells the generator to return, the loop waits for its finally block, and page 3 is never loaded.',
  },
  {
    name: 'for-await-in-order',
    title: 'for await keeps the order',
    host: 'node',
    module: false,
    program: `const reply = (name, ms) => new Promise((resolve) => setTimeout(() => {
  console.log(name, 'arrives');
  resolve(name);
}, ms));

async function main() {
  for await (const name of [reply('slow', 60), reply('fast', 10)]) console.log('read', name);
}
main();
`,
    question: 'Which reply is read first?',
    line: 3,
    answer: 'read slow',
    why: 'Both replies are asked for at once, but for await waits for each element in its turn.',
  },
  {
    name: 'one-click-two-listeners',
    title: 'One click, two listeners',
    host: 'browser',
    module: false,
    program: `//@ click #save at 20 ms
const save = document.createElement('button');
save.id = 'save';
document.body.append(save);

const say = (name) => () => {
  console.log(name);
  Promise.resolve().then(() => console.log(name, 'promise'));
};
save.addEventListener('click', say('one'));
save.addEventListener('click', say('two'));
save.click();
`,
    question: 'Which line comes sixth, after the four of save.click()?',
    line: 6,
    answer: 'one promise',
    why: 'A click by code runs its listeners under that code, but between the listeners of a real click nothing is on the stack, so microtasks run there.',
  },
  {
    name: 'replies-by-time',
    title: 'The slow reply and the quick one',
    host: 'browser',
    module: false,
    program: `//@ reply /slow after 40 ms {"name":"slow"}
//@ reply /quick after 10 ms {"name":"quick"}
//@ reply /broken after 20 ms fails

async function load(address) {
  try {
    const reply = await fetch(address);
    const { name } = await reply.json();
    console.log(name);
  } catch (error) {
    console.log(error.message);
  }
}

load('/slow');
load('/quick');
load('/broken');
`,
    question: 'Which line comes second?',
    line: 2,
    answer: 'Failed to fetch',
    why: 'Each await holds up its own function alone, so what comes next is what has its reply next, or its failure.',
  },
];
