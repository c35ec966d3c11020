// From the main script setTimeout(f, 0) and setImmediate come in either order: a millisecond may be over, or not.
// Source: Node.js, The Node.js Event Loop: setImmediate() vs setTimeout()
setTimeout(() => console.log('timer'), 0);
setImmediate(() => console.log('immediate'));
