// In Node setTimeout gives an object, which converts to a number.
// Source: Node.js, Timers: class Timeout
const timer = setTimeout(() => console.log('never'), 10_000);
console.log(typeof timer, timer.constructor.name, typeof timer[Symbol.toPrimitive]());
console.log(timer.hasRef(), timer.unref() === timer, timer.hasRef());
clearTimeout(timer);
