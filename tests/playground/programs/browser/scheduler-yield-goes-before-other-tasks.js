// What goes on after scheduler.yield() comes before tasks of the same priority that wait already.
// Source: Prioritized Task Scheduling, scheduler.yield()
async function work() {
  console.log('work 1');
  await scheduler.yield();
  console.log('work 2');
}
scheduler.postTask(work);
scheduler.postTask(() => console.log('other task'));
