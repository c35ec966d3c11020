// Without a reason there is an AbortError; a signal that times out has a TimeoutError.
// Source: DOM, 3.2 Interface AbortSignal
const controller = new AbortController();
controller.signal.addEventListener('abort', () => console.log(String(controller.signal.reason)));
controller.abort();
console.log(String(AbortSignal.abort().reason));
const timeout = AbortSignal.timeout(5);
timeout.onabort = () => console.log(String(timeout.reason));
console.log(timeout.aborted, AbortSignal.abort(undefined).reason.name);
