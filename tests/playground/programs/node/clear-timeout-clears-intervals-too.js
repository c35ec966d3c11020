// clearTimeout and clearInterval may be used for each other.
// Source: HTML, clearTimeout and clearInterval: the two are one; Node.js, Timers
let count = 0;
const interval = setInterval(() => {
  console.log(++count);
  if (count === 2) clearTimeout(interval);
}, 3);
clearInterval(setTimeout(() => console.log('never'), 3));
