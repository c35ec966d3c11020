// A script runs to its end before any callback that it queued.
// Source: HTML, event loop processing model: one task at a time; ECMAScript 9.5 Jobs: no job starts while code runs
console.log('script start');
setTimeout(() => console.log('timer'), 0);
Promise.resolve().then(() => console.log('microtask'));
console.log('script end');
