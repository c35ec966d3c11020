// A timer that was asked for its number is cleared by it, as a number or as a text.
// Source: Node.js, lib/timers.js: clearTimeout, Timeout.prototype[Symbol.toPrimitive]
const one = setTimeout(() => console.log('never'), 1);
const two = setTimeout(() => console.log('never, either'), 2);
const three = setInterval(() => console.log('nor that'), 3);
clearTimeout(+one);
clearTimeout(`${two}`);
clearInterval(Number(three));
setTimeout(() => console.log('this'), 4);
