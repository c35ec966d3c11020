// In Node a signal that follows others is aborted when its source's listeners have been told.
// Source: Node.js, lib/internal/abort_controller.js: abortSignal
const one = new AbortController();
const two = new AbortController();
const any = AbortSignal.any([one.signal, two.signal]);
const ofAny = AbortSignal.any([any]);
any.onabort = () => console.log('any', one.signal.aborted, ofAny.aborted);
ofAny.onabort = () => console.log('of any');
one.signal.addEventListener('abort', () => console.log('one', any.aborted));
one.abort('why');
console.log(ofAny.reason);
