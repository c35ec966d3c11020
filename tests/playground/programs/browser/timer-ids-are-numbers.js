// In a browser setTimeout gives a number, and this in a callback is the window.
// Source: HTML, setTimeout: timer initialization steps
const id = setTimeout(function () {
  console.log(this === window);
}, 1);
console.log(typeof id, id > 0);
clearTimeout(setTimeout(() => console.log('never'), 1));
