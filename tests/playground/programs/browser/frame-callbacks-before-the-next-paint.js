// Frame callbacks run together, in the order of their calls; what one of them asks for comes in the next frame.
// Source: HTML, run the animation frame callbacks
requestAnimationFrame(() => {
  console.log('frame 1 a');
  requestAnimationFrame(() => console.log('frame 2'));
  Promise.resolve().then(() => console.log('microtask of a'));
});
requestAnimationFrame(() => console.log('frame 1 b'));
console.log('script end');
