// Two awaits one after another add up; two that were begun before wait side by side.
// Source: ECMAScript 27.7.5.3 Await
const wait = (ms, name) => new Promise((resolve) => setTimeout(() => resolve(console.log(name)), ms));
(async () => {
  await wait(20, 'a');
  await wait(1, 'b, after a');
  const c = wait(60, 'c, after d');
  const d = wait(5, 'd');
  await c;
  await d;
  console.log('both');
})();
