// A handler that comes in a later task is told by rejectionhandled.
// Source: HTML, HostPromiseRejectionTracker: rejectionhandled
window.addEventListener('unhandledrejection', (event) => {
  console.log('unhandled');
  event.preventDefault();
});
window.addEventListener('rejectionhandled', (event) => console.log('handled late', event.reason));
const failed = Promise.reject('reason');
setTimeout(() => failed.catch(() => console.log('caught')), 20);
