// One whose timeout is over comes as a task, before those that wait for an idle period, and has no time left.
// Source: requestIdleCallback, "invoke idle callback timeout algorithm"
requestIdleCallback((deadline) => console.log('idle', deadline.didTimeout, String(deadline)));
requestIdleCallback((deadline) => console.log('timed out', deadline.didTimeout, deadline.timeRemaining()), {
  timeout: 2,
});
const handle = requestIdleCallback(() => console.log('never'), { timeout: 1 });
cancelIdleCallback(handle);
const end = performance.now() + 20;
while (performance.now() < end);
