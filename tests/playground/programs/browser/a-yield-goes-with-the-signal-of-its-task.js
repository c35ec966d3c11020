// What goes on after scheduler.yield has the signal of its task: it is aborted with it, and its priority changes, too.
// Source: Prioritized Task Scheduling, scheduler.yield, "scheduling state"
const controller = new TaskController();
const { signal } = controller;
async function aborted() {
  console.log('begins');
  const yielded = scheduler.yield();
  controller.abort();
  try {
    await yielded;
    console.log('goes on');
  } catch (error) {
    console.log('the yield', error.name);
  }
  await scheduler.yield().catch((error) => console.log('another', error.name));
}
scheduler.postTask(aborted, { signal }).catch((error) => console.log('the task', error.name));
const quiet = new TaskController();
async function later() {
  const yielded = scheduler.yield();
  scheduler.postTask(() => console.log('another task'));
  quiet.setPriority('background');
  await yielded;
  console.log('goes on in the background');
}
scheduler.postTask(later, { signal: quiet.signal });
