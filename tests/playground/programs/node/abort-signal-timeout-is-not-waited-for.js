// The process does not wait for an AbortSignal.timeout.
// Source: Node.js, lib/internal/abort_controller.js: AbortSignal.timeout, whose timer is unref'ed
AbortSignal.timeout(1000).addEventListener('abort', () => console.log('never'));
AbortSignal.timeout(2).addEventListener('abort', () => console.log('in time'));
setTimeout(() => console.log('last'), 5);
