// Where a list has no other timer that is due, ticks come before the next list, though one of them threw.
// Source: Node.js, Process: 'uncaughtException'; lib/internal/timers.js: processTimers, listOnTimeout
process.on('uncaughtException', (error) => console.log('caught', error));
setTimeout(() => {
  console.log('first');
  process.nextTick(() => {
    clearTimeout(second);
    throw 1;
  });
  process.nextTick(() => console.log('tick'));
}, 5);
const second = setTimeout(() => console.log('second'), 5);
setTimeout(() => console.log('of the next list'), 12);
for (const end = performance.now() + 15; performance.now() < end;);
setTimeout(() => console.log('third'), 5);
