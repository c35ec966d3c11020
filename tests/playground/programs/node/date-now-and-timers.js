// Date.now() has whole milliseconds, and time passes between tasks.
// Source: ECMAScript 21.4.3.1 Date.now
const start = Date.now();
setTimeout(() => {
  console.log(Number.isInteger(start), Date.now() - start >= 24);
  console.log(new Date() instanceof Date, new Date(2020, 0, 31).getMonth());
}, 25);
