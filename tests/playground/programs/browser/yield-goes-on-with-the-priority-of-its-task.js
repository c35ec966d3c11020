// scheduler.yield goes on before tasks of the priority of its task, and behind those of a higher one.
// Source: Prioritized Task Scheduling: effective priority
const told = [];
const task = (name, priority) =>
  scheduler.postTask(
    async () => {
      told.push(name);
      await scheduler.yield();
      told.push(`${name} goes on`);
    },
    { priority },
  );
const all = [];
for (const priority of ['background', 'user-visible', 'user-blocking']) {
  all.push(task(`${priority} 1`, priority), task(`${priority} 2`, priority));
}
Promise.all(all).then(() => console.log(told.join('\n')));
setTimeout(async () => {
  const later = [];
  const visible = scheduler.postTask(() => later.push('visible'));
  const blocking = scheduler.postTask(() => later.push('blocking'), { priority: 'user-blocking' });
  await scheduler.yield();
  later.push('timer goes on');
  await Promise.all([visible, blocking]);
  console.log(later.join(', '));
}, 30);
