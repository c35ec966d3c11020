// while (true) await null never lets a timer run: microtasks go before the next task. Here it gives up after a while.
// Source: HTML, perform a microtask checkpoint; Node.js, Process: process.nextTick()
let isOver = false;
setTimeout(() => {
  isOver = true;
  console.log('timer');
}, 1);
(async () => {
  let rounds = 0;
  while (!isOver) {
    await null;
    if (++rounds === 1000) break;
  }
  console.log('rounds', rounds, 'timer ran', isOver);
})();
