// An idle callback gets a deadline; with a timeout it comes even when the thread is never idle.
// Source: requestIdleCallback, the IdleDeadline interface
requestIdleCallback((deadline) => {
  console.log(typeof deadline.timeRemaining(), deadline.didTimeout);
});
console.log('script end');
