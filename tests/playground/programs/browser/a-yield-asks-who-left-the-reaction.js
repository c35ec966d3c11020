// scheduler.yield goes on with the priority of the task that asked for the handler that calls it: not of the task that
// settled the promise.
// Source: Prioritized Task Scheduling, "HostMakeJobCallback" and "HostCallJobCallback"; ECMAScript 9.5.2, 9.5.3
const background = (callback) => scheduler.postTask(callback, { priority: 'background' });
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const lines = [];
let left = 10;
/** What comes first: a task, or what goes on after a yield here? */
async function race(where) {
  const order = [];
  const task = scheduler.postTask(() => order.push('a task'));
  await scheduler.yield();
  order.push('what goes on');
  await task;
  lines.push(`${where}: ${order.join(', then ')}`);
  if (--left === 0) console.log(lines.sort().join('\n'));
}

const asked = Promise.withResolvers();
background(() => asked.promise.then(() => race('asked for in the background, settled by a timer')));
setTimeout(asked.resolve, 20);

const settled = Promise.withResolvers();
settled.promise.then(() => race('asked for by the script, settled in the background'));
background(settled.resolve);

const rejected = Promise.withResolvers();
background(() => rejected.promise.catch(() => race('a rejection is handled in the background')));
setTimeout(rejected.reject, 20);

async function awaitsATask() {
  await background(() => {});
  race('the script awaits a task in the background');
}
awaitsATask();

background(async () => {
  await sleep(5);
  race('the background awaits a timer');
});
background(async () => {
  await Promise.all([sleep(5), 1]);
  race('the background awaits all');
});
background(async () => {
  async function* one() {
    await sleep(5);
    yield 1;
  }
  for await (const _ of one()) race('the background loops by for await');
});
background(() => queueMicrotask(() => race('a microtask of the background')));
background(() => Promise.resolve({ then: () => race('a thenable in the background') }));
requestIdleCallback(async () => {
  await sleep(5);
  race('an idle callback awaits a timer');
});
