// An error's message, name and cause are what can be read of it; its stack names places, so it is not shown here.
// Source: ECMAScript 20.5 Error Objects; Node.js, Errors
class OutOfPaper extends Error {
  name = 'OutOfPaper';
}
const error = new OutOfPaper('tray 2', { cause: new Error('jam') });
console.log(String(error), error.cause.message, error instanceof Error);
console.log(error.stack.split('\n')[0]);
console.log(Object.prototype.toString.call(error), Object.keys(error));
console.log(`${new TypeError('wrong type')}`, String(new Error()));
