// unhandledrejection comes in a task: whose rejection is handled before it, is told of by no event.
// Source: HTML, "notify about rejected promises", step 4
addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  console.log('unhandled:', event.reason);
});
addEventListener('rejectionhandled', () => console.log('handled late'));
const early = Promise.reject('early');
Promise.reject('never');
scheduler.postTask(() => early.catch((reason) => console.log('handled:', reason)), { priority: 'user-blocking' });
console.log('script end');
