// A cleared timer does not run; to clear what is over or was never set does nothing.
// Source: HTML, clearTimeout(id); Node.js, Timers: clearTimeout(timeout)
const timer = setTimeout(() => console.log('never'), 5);
setTimeout(() => console.log('runs'), 20);
clearTimeout(timer);
clearTimeout(timer);
clearTimeout(undefined);
clearTimeout('nonsense');
console.log('script end');
