// What async functions do can be done by a generator and a driver: here await is written yield.
// Source: ECMAScript 27.5.1.2 Generator.prototype.next
const drive = (generator) =>
  new Promise((resolve, reject) => {
    const go = (method, value) => {
      try {
        const step = generator[method](value);
        if (step.done) resolve(step.value);
        else
          Promise.resolve(step.value).then(
            (result) => go('next', result),
            (error) => go('throw', error),
          );
      } catch (error) {
        reject(error);
      }
    };
    go('next');
  });
drive(
  (function* () {
    console.log(yield Promise.resolve('value'));
    try {
      yield Promise.reject(new Error('reason'));
    } catch (error) {
      console.log(error.message);
    }
    return 'done';
  })(),
).then(console.log);
