// The reason that is given to abort is what throwIfAborted throws; without one it is an AbortError.
// Source: DOM, 3.2 Interface AbortSignal
const controller = new AbortController();
controller.signal.throwIfAborted();
controller.abort(new Error('changed my mind'));
try {
  controller.signal.throwIfAborted();
} catch (error) {
  console.log(error.message);
}
const aborted = AbortSignal.abort();
console.log(aborted.aborted, aborted.reason.name, aborted.reason instanceof DOMException, aborted.reason.code);
console.log(AbortSignal.abort('a word').reason);
