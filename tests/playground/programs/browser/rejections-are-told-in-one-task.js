// All rejections of a script are told in one task: microtasks come between their events, and no other task.
// Source: HTML, "notify about rejected promises", step 4
addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  console.log('unhandled:', event.reason);
  queueMicrotask(() => console.log('microtask of', event.reason));
  scheduler.postTask(() => console.log('task of', event.reason), { priority: 'user-blocking' });
  if (event.reason === 'first') third.catch((reason) => console.log('handled:', reason));
});
addEventListener('rejectionhandled', (event) => console.log('handled late:', event.reason));
Promise.reject('first');
const second = Promise.reject('second');
const third = Promise.reject('third');
setTimeout(() => second.catch((reason) => console.log('handled:', reason)), 20);
