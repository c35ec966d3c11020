// A task can be aborted before it runs, and its priority be changed while it waits.
// Source: Prioritized Task Scheduling
const quiet = new TaskController({ priority: 'background' });
const loud = new TaskController({ priority: 'background' });
scheduler.postTask(() => console.log('quiet'), { signal: quiet.signal }).catch((error) => console.log(error.name));
scheduler.postTask(() => console.log('loud'), { signal: loud.signal });
scheduler.postTask(() => console.log('visible'));
loud.signal.onprioritychange = (event) => console.log(event.previousPriority, loud.signal.priority);
loud.setPriority('user-blocking');
quiet.abort();
scheduler.postTask(() => Promise.reject(new Error('inside'))).catch((error) => console.log(error.message));
scheduler.postTask((...given) => console.log(given.length));
