// postTask gives a promise of what the task returns; an abort of its signal rejects it.
// Source: Prioritized Task Scheduling, scheduler.postTask(callback, options): signal
const controller = new TaskController();
scheduler.postTask(() => 'value').then((value) => console.log(value));
scheduler
  .postTask(() => {
    throw new Error('from the task');
  })
  .catch((error) => console.log(error.message));
scheduler.postTask(() => console.log('never'), { signal: controller.signal }).catch(({ name }) => console.log(name));
controller.abort();
