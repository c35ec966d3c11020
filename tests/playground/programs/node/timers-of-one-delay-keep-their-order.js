// Timers of the same delay run in the order of their calls.
// Source: Node.js, lib/internal/timers.js: a list for each duration; HTML, run steps after a timeout
for (let i = 0; i < 5; i++) setTimeout(() => console.log(i), 7);
setTimeout(() => console.log('last'), 7);
