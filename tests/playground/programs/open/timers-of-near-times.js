// A timer of 2 that is set 1 ms later, and one of 3: they are due together, and in either order.
// Source: Node.js, lib/internal/timers.js: a list for each duration, in the order of when each is due
setTimeout(() => setTimeout(() => console.log('1 + 2'), 2), 1);
setTimeout(() => console.log('3'), 3);
