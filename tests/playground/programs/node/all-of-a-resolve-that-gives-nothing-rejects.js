// Promise.all and its kin take what resolve gives them, and read its then.
// Source: ECMAScript 27.2.4.1.2 PerformPromiseAll, Invoke(nextPromise, "then")
for (const name of ['all', 'allSettled', 'any', 'race'])
  for (const given of [undefined, null, 5, {}]) {
    class Odd extends Promise {
      static resolve() {
        return given;
      }
    }
    Odd[name]([1]).catch((error) => console.log(name, error.message));
  }
