// AbortSignal.any follows the first of many, and is aborted before anybody is told.
// Source: DOM, 3.2 Interface AbortSignal: signal abort
const one = new AbortController();
const other = new AbortController();
const any = AbortSignal.any([one.signal, other.signal, AbortSignal.timeout(60)]);
any.onabort = (event) => console.log('any', event.type, any.reason);
one.signal.addEventListener('abort', () => console.log('one', any.aborted));
other.signal.addEventListener('abort', () => console.log('other'));
console.log(any.aborted, any.reason);
setTimeout(() => one.abort('why'), 5);
setTimeout(() => other.abort(), 10);
setTimeout(() => {
  console.log(any.reason, other.signal.reason.name);
  try {
    any.throwIfAborted();
  } catch (error) {
    console.log('threw', error);
  }
  console.log(AbortSignal.abort().reason.message, AbortSignal.any([AbortSignal.abort(3)]).reason);
}, 20);
