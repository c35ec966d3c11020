// What is no function, finally gives to then as it is: the value, or the reason, passes in one job.
// Source: ECMAScript 27.2.5.3 Promise.prototype.finally
const { then } = Promise.prototype;
Promise.prototype.then = function (...handlers) {
  if (handlers[0] === handlers[1]) console.log('then is given', handlers);
  return Reflect.apply(then, this, handlers);
};
Promise.resolve('value').finally(5).then(console.log);
Promise.reject('reason').finally().catch(console.log);
for (const word of ['one', 'two', 'three']) queueMicrotask(() => queueMicrotask(() => console.log(word)));
