// All callbacks of a frame get the same time.
// Source: HTML, run the animation frame callbacks: now
let first;
requestAnimationFrame((time) => (first = time));
requestAnimationFrame((time) => {
  console.log(time === first, typeof time);
  requestAnimationFrame((next) => console.log(next > time));
});
