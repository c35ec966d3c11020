// An error that nobody catches is reported; the next task comes as if nothing had happened.
// Source: HTML, report an exception
setTimeout(() => console.log('timer'), 0);
window.addEventListener('error', (event) => {
  console.log('reported', event.message, event.error.message);
  event.preventDefault();
});
Promise.resolve().then(() => console.log('microtask'));
throw new Error('in the script');
