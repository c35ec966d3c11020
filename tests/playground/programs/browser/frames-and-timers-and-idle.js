// A frame that is asked for in a frame is the next one, and a callback can cancel another of its frame.
// Source: HTML, 8.11 Animation frames
let id = 0;
requestAnimationFrame(() => {
  console.log('one');
  queueMicrotask(() => console.log('between'));
  cancelAnimationFrame(id);
  requestAnimationFrame(() => console.log('next frame'));
});
requestAnimationFrame(() => console.log('two'));
id = requestAnimationFrame(() => console.log('never'));
console.log(typeof id, cancelAnimationFrame(0));
