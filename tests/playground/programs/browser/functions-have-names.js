// A function of the browser's has the name that it is called by.
// Source: Web IDL, "define the regular operations"
const names = (object, ...keys) => console.log(keys.map((key) => object[key].name).join(' '));
names(console, 'debug', 'info', 'warn', 'error', 'dirxml', 'groupCollapsed');
names(window, 'setTimeout', 'queueMicrotask', 'reportError', 'structuredClone', 'fetch', 'AbortSignal', 'Event');
names(AbortSignal, 'abort', 'any', 'timeout');
