// Promise must be called with new and a function; its methods need a promise.
// Source: ECMAScript 27.2.3.1 Promise(executor), steps 1 and 2; 27.2.5.4, step 2
const attempt = (f) => {
  try {
    f();
  } catch (error) {
    console.log(error.name);
  }
};
attempt(() => Promise(() => {}));
attempt(() => new Promise());
attempt(() => new Promise('text'));
attempt(() => Promise.prototype.then.call({}, () => {}));
attempt(() => Promise.resolve.call(undefined, 1));
console.log(Promise.length, Promise.name, Promise.all.length, Promise.prototype.then.length);
