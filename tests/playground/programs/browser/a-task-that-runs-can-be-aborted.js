// While a task's callback runs, and its microtasks do, its promise can still be rejected; afterwards not any more.
// Source: Prioritized Task Scheduling, "schedule a postTask task"
const posted = (name, callback) => {
  const controller = new TaskController();
  scheduler
    .postTask(() => callback(controller), { signal: controller.signal })
    .then(
      (value) => console.log(name, 'gave', value),
      (error) => console.log(name, error.name),
    );
};
posted('at once', (controller) => controller.abort());
posted('in a microtask', (controller) => queueMicrotask(() => controller.abort()));
posted('afterwards', async (controller) => {
  await new Promise((resolve) => setTimeout(resolve, 2));
  controller.abort();
  return 'all';
});
