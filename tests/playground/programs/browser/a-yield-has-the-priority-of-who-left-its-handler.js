// scheduler.yield has the priority of the task that asked for its handler, not of the one that settled the promise.
// Source: Prioritized Task Scheduling, "HostMakeJobCallback" and "HostCallJobCallback"
const background = (callback) => scheduler.postTask(callback, { priority: 'background' });
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const lines = [];
/** What comes first: a task, or what goes on after a yield here? */
async function race(where) {
  const order = [];
  const task = scheduler.postTask(() => order.push('task'));
  await scheduler.yield();
  order.push('yield');
  await task;
  if (lines.push(`${where}: ${order}`) === 8) console.log(lines.sort().join('\n'));
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
background(async () => {
  await Promise.all([sleep(5), 1]);
  race('the background awaits all');
});
background(async () => {
  async function* one() {
    yield await sleep(5);
  }
  for await (const _ of one()) race('the background loops by for await');
});
background(() => queueMicrotask(() => race('a microtask of the background')));
background(() => Promise.resolve({ then: () => race('a thenable in the background') }));
requestIdleCallback(async () => {
  await sleep(5);
  race('an idle callback awaits a timer');
});
