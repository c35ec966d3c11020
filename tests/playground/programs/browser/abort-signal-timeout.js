// AbortSignal.timeout aborts with a TimeoutError; AbortSignal.any follows the first of its signals.
// Source: DOM, AbortSignal.timeout(milliseconds), AbortSignal.any(signals)
const controller = new AbortController();
const any = AbortSignal.any([AbortSignal.timeout(30), controller.signal]);
any.addEventListener('abort', () => console.log('any', any.reason.name));
setTimeout(() => {
  console.log('a timer of 80', any.aborted);
  controller.abort();
}, 80);
