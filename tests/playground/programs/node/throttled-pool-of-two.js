// Two workers that share one iterator do at most two jobs at a time.
// Source: ECMAScript 27.1.2.1 %IteratorPrototype%[@@iterator]; 27.7.5.3 Await
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const jobs = [40, 1, 90, 1].entries();
async function worker(name) {
  for (const [i, ms] of jobs) {
    console.log(name, 'begins', i);
    await wait(ms);
    console.log(name, 'ends', i);
  }
}
Promise.all([worker('A'), worker('B')]).then(() => console.log('all done'));
