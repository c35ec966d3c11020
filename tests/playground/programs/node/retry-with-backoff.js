// A loop with try and await tries again, waiting longer each time.
// Source: ECMAScript 14.15 The try Statement; 27.7.5.3 Await
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
let calls = 0;
async function flaky() {
  calls++;
  await null;
  if (calls < 3) throw new Error(`failure ${calls}`);
  return `success at ${calls}`;
}
(async () => {
  for (let delay = 2; ; delay *= 2) {
    try {
      console.log(await flaky());
      break;
    } catch (error) {
      console.log(error.message, 'waits', delay);
      await wait(delay);
    }
  }
})();
