// The deadline is the next timer's, or 50 ms away: what is left then waits for another period.
// Source: HTML, 8.1.7.3 "computeDeadline"; requestIdleCallback, "invoke idle callbacks algorithm"
setTimeout(() => console.log('timer'), 35);
requestIdleCallback((deadline) => {
  console.log(deadline.didTimeout, deadline.timeRemaining() > 0, deadline.timeRemaining() <= 50);
  const end = performance.now() + 60;
  while (performance.now() < end);
  console.log(deadline.timeRemaining());
});
requestIdleCallback((deadline) => console.log('left over', deadline.didTimeout));
