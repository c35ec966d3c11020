// @ts-check
// What the playground can begin with.

/** @type {{ name: string, title: string, host: 'browser' | 'node', module: boolean, program: string }[]} */
export const examples = [
  {
    name: 'await',
    title: 'What await puts off',
    host: 'browser',
    module: false,
    program: `async function load() {
  console.log('load begins');
  await null;
  console.log('load goes on');
  return 'done';
}

setTimeout(() => console.log('timer'), 0);
load().then((word) => console.log(word));
Promise.resolve().then(() => console.log('promise'));
console.log('end of the script');
`,
  },
  {
    name: 'ticks',
    title: 'Ticks, microtasks and phases',
    host: 'node',
    module: false,
    program: `setImmediate(() => console.log('immediate'));
setTimeout(() => console.log('timer'), 5);
process.nextTick(() => console.log('tick'));
queueMicrotask(() => console.log('microtask'));
console.log('end of the script');
`,
  },
  {
    name: 'endless',
    title: 'A loop that lets nobody in',
    host: 'browser',
    module: false,
    program: `setTimeout(() => console.log('never'), 0);
async function poll() {
  while (true) await null;
}
poll();
`,
  },
];
