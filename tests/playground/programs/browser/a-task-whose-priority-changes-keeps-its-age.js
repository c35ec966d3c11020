// A task whose priority changes keeps its age: among those of its new priority it goes before those that came later.
// Source: Prioritized Task Scheduling, "select the next scheduler task queue", and "signal priority change"
const one = new TaskController({ priority: 'background' });
const other = new TaskController({ priority: 'user-visible' });
const post = (text, signal) => scheduler.postTask(() => console.log(text), { signal });
post('one, first', one.signal);
post('other, second', other.signal);
post('one, third', one.signal);
post('other, fourth', other.signal);
post('fixed', undefined);
scheduler.postTask(
  () => {
    console.log('now');
    one.setPriority('user-visible');
    other.setPriority('background');
  },
  { priority: 'user-blocking' },
);
