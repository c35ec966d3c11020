// A task of postTask may be delayed.
// Source: Prioritized Task Scheduling, scheduler.postTask(callback, options): delay
scheduler.postTask(() => console.log('after 60'), { delay: 60, priority: 'user-blocking' });
scheduler.postTask(() => console.log('after 10'), { delay: 10, priority: 'background' });
console.log('script end');
