// AbortSignal.timeout aborts by itself with a TimeoutError; in Node it does not hold the process.
// Source: DOM, AbortSignal.timeout(milliseconds); Node.js, Globals: AbortSignal.timeout(delay)
const signal = AbortSignal.timeout(20);
signal.addEventListener('abort', () => console.log('aborted', signal.reason.name));
setTimeout(() => console.log('before', signal.aborted), 1);
setTimeout(() => console.log('after', signal.aborted), 80);
