// A frame callback can be cancelled, also by one of the same frame.
// Source: HTML, cancelAnimationFrame(handle)
cancelAnimationFrame(requestAnimationFrame(() => console.log('never')));
requestAnimationFrame(() => {
  console.log('first');
  cancelAnimationFrame(second);
});
const second = requestAnimationFrame(() => console.log('second'));
