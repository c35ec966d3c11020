// abort() calls the signal's listeners during the call, and once only.
// Source: DOM, 3.1 Interface AbortController: signal abort
const controller = new AbortController();
const { signal } = controller;
signal.addEventListener('abort', (event) => console.log('listener', event.type));
signal.onabort = () => console.log('onabort', signal.aborted);
console.log('before', signal.aborted);
controller.abort();
console.log('after', signal.reason.name);
controller.abort();
