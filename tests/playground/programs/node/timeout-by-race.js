// A race against a timer gives a time limit; the timer is cleared so that it does not hold the process.
// Source: ECMAScript 27.2.4.5 Promise.race; HTML, clearTimeout
const limit = (promise, ms) => {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(reject, ms, new Error(`over ${ms} ms`))));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};
const answer = (ms) => new Promise((resolve) => setTimeout(resolve, ms, `after ${ms}`));
(async () => {
  console.log(await limit(answer(1), 5000));
  await limit(answer(120), 20).catch((error) => console.log(error.message));
})();
