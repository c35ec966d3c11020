// What is Node's own is not in a browser.
// Source: Node.js, Globals
console.log(typeof process, typeof require, typeof setImmediate, typeof module);
console.log(typeof window, typeof document, window === globalThis, this === window);
