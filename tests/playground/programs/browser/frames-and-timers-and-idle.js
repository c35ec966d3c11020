// A callback that asks for a frame in a frame waits for the next one; microtasks run between the callbacks of one frame;
// one that is cancelled by another of the same frame does not run.
// Source: HTML 8.11 "Animation frames"
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
