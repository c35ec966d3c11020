// postTask takes tasks by priority: user-blocking, user-visible, background.
// Source: Prioritized Task Scheduling, scheduler.postTask(callback, options)
scheduler.postTask(() => console.log('background'), { priority: 'background' });
scheduler.postTask(() => console.log('user-visible'));
scheduler.postTask(() => console.log('user-blocking'), { priority: 'user-blocking' });
Promise.resolve().then(() => console.log('microtask'));
console.log('script end');
