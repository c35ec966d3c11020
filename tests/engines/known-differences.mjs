// Where the engines differ among themselves, or from a standard; `make conformance` runs each of these programs, and
// says so when an engine does otherwise than is written here.
//
// `orders` has what each engine does; of those that are not named the model's order is expected.

const chain = (depth) =>
  Array.from({ length: depth }, (_, k) => `${'  '.repeat(k + 1)}timer t${k + 1} after 0\n`).join('');

export const knownDifferences = [
  {
    what: 'How deep timers must be nested before they wait at least 4 ms',
    why: `HTML lets the first six of a chain of 0 ms timers come at once: a timer is held back when it is set in a task whose
nesting level is greater than 5. Chromium does just that. Firefox holds the fifth back, WebKit the eleventh: each has a
constant of its own for it.`,
    links: [
      'https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#timer-initialisation-steps',
      'https://searchfox.org/mozilla-central/search?q=DOM_CLAMP_TIMEOUT_NESTING_LEVEL',
      'https://github.com/WebKit/WebKit/blob/main/Source/WebCore/page/DOMTimer.cpp',
    ],
    host: 'browser',
    scenario: `script main\n${chain(11)}  timer mark after 2\n`,
    orders: {
      Firefox: 'main t1 t2 t3 t4 mark t5 t6 t7 t8 t9 t10 t11',
      WebKit: 'main t1 t2 t3 t4 t5 t6 t7 t8 t9 t10 mark t11',
    },
  },
];

/**
 * The same for programs of the playground; `prints` has what engines print, by their way in
 * tests/playground/compare-random.mjs. Of those that are not named the playground's own lines are expected.
 */
export const knownInPrograms = [
  {
    what: 'Which records several MutationObservers of an element get, when one of them changes it',
    why: `DOM keeps a list of the observers that are to be called, in the order in which they got a record, and goes
through it as it was at the beginning: each takes all the records that it has by then. Firefox goes through them in
another order. Chromium and WebKit do as DOM says.`,
    links: ['https://dom.spec.whatwg.org/#notify-mutation-observers'],
    program: `const element = document.createElement('div');
let changes = 0;
const change = () => ++changes <= 4 && element.setAttribute('title', changes);
new MutationObserver((records) => {
  console.log('first', records.length);
  new MutationObserver((records) => console.log('another', records.length)).observe(element, { attributes: true });
  change();
}).observe(element, { attributes: true });
change();
`,
    prints: {
      firefox: 'first 1, first 1, another 2, first 1, another 2, first 1, another 1, another 1'.split(', '),
    },
  },
  {
    what: 'When a MutationObserver hears of what it changed itself',
    why: `By DOM a change queues a microtask, behind those that wait. WebKit goes on telling in the same microtask.`,
    links: ['https://dom.spec.whatwg.org/#queue-a-mutation-observer-compound-microtask'],
    program: `const element = document.createElement('div');
let changes = 0;
new MutationObserver(() => {
  console.log('changed');
  if (++changes < 3) element.setAttribute('title', changes);
  queueMicrotask(() => console.log('microtask'));
}).observe(element, { attributes: true });
element.setAttribute('title', 0);
`,
    prints: { webkit: ['changed', 'changed', 'changed', 'microtask', 'microtask', 'microtask'] },
  },
  {
    what: 'What becomes of a for await over a list when one of its promises is rejected',
    why: `By ECMAScript the list's iterator is closed, and as it has no return method the loop throws what the promise was
rejected with. In WebKit 2.50 it never goes on. Of an iterator that has a return, as a generator's, it does as the others.`,
    links: ['https://tc39.es/ecma262/#sec-asyncfromsynciteratorcontinuation'],
    program: `async function loop(list) {
  for await (const v of list) console.log(v);
}
function* generator() {
  yield Promise.reject('of a generator');
}
loop(generator()).catch((reason) => console.log('rejected', reason));
loop([Promise.reject('of a list')]).catch((reason) => console.log('rejected', reason));
`,
    prints: { webkit: ['rejected of a generator'] },
  },
  {
    what: 'How many microtasks an await takes of a thenable that resolves with a promise',
    why: `By ECMAScript await makes a promise of the thenable, which calls its then in a job, and the promise's in another;
when that is fulfilled the function goes on in a job of its own. WebKit needs one fewer.`,
    links: ['https://tc39.es/ecma262/#await', 'https://tc39.es/ecma262/#sec-promise-resolve-functions'],
    program: `let jobs = 0;
const count = () => Promise.resolve().then(() => ++jobs < 9 && count());
count();
const wait = async () => await { then: (resolve) => resolve(Promise.resolve()) };
wait().then(() => console.log(jobs));
`,
    prints: { webkit: ['4'] },
  },
  {
    what: 'How many microtasks a yield* of an async generator takes over a list',
    why: `ECMAScript hands on what the list gave without another await. WebKit awaits it once more.`,
    links: ['https://tc39.es/ecma262/#sec-generator-function-definitions-runtime-semantics-evaluation'],
    program: `let jobs = 0;
const count = () => Promise.resolve().then(() => ++jobs < 9 && count());
count();
async function* all() {
  yield* [1];
}
all().next().then(() => console.log(jobs));
`,
    prints: { webkit: ['4'] },
  },
  {
    what: 'What goes on after a yield in a promise’s job, in the then of a thenable, and in a MutationObserver',
    why: `By ECMAScript a promise's jobs are made by HostMakeJobCallback, which keeps the priority of the task. Firefox 153
loses it there; and where a change is made by such a job, its observer does not have it, of which no standard says
anything.`,
    links: [
      'https://tc39.es/ecma262/#sec-newpromiseresolvethenablejob',
      'https://wicg.github.io/scheduling-apis/#sec-patches-html-hostmakejobcallback',
    ],
    program: `const race = (where) => {
  scheduler.postTask(() => console.log(where, 'task'));
  scheduler.yield().then(() => console.log(where, 'yield'));
};
const element = document.body.appendChild(document.createElement('div'));
new MutationObserver(() => race('observer')).observe(element, { attributes: true });
const inBackground = (callback) => globalThis.scheduler?.postTask(callback, { priority: 'background' });
inBackground(() => Promise.resolve().then(() => element.setAttribute('title', 'x')));
setTimeout(() => inBackground(() => Promise.resolve({ then: () => race('thenable') })), 20);
setTimeout(() => inBackground(() => Promise.resolve().then(() => race('job'))), 40);
`,
    prints: {
      firefox: 'observer yield, observer task, thenable yield, thenable task, job yield, job task'.split(', '),
      webkit: [],
    },
  },
  {
    what: 'What an async generator does that is to return a promise, which is rejected, while it is in a yield*',
    why: `By ECMAScript the promise is awaited first; as it is rejected, the inner iterator's throw is called, and the reason
comes out of the yield*. In Chromium 156 the yield* is over, with undefined. Its V8 did it rightly in Node 20.`,
    links: ['https://tc39.es/ecma262/#sec-asyncgeneratorunwrapyieldresumption'],
    program: `async function* inner() {
  yield 1;
}
async function* outer() {
  console.log('went on with', yield* inner());
}
const it = outer();
it.next();
it.return(Promise.reject('why')).catch((reason) => console.log('rejected', reason));
`,
    prints: { chromium: ['went on with undefined'] },
  },
];
