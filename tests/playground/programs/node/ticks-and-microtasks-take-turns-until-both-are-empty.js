// Ticks and microtasks take turns, a whole queue at a time, until both are empty; then the loop goes on.
// Source: Node.js, lib/internal/process/task_queues.js, processTicksAndRejections
const ping = (n) => {
  console.log('tick', n);
  if (n > 0) Promise.resolve().then(() => pong(n - 1));
};
const pong = (n) => {
  console.log('microtask', n);
  if (n > 0) process.nextTick(ping, n - 1);
};
process.nextTick(ping, 4);
setTimeout(() => console.log('timer'), 0);
