// Promise.all rejects with the first rejection in time; the others go on and are dropped.
// Source: ECMAScript 27.2.4.1.2 PerformPromiseAll
const after = (ms, settle) =>
  new Promise((resolve, reject) =>
    setTimeout(() => {
      console.log(ms);
      settle(resolve, reject);
    }, ms),
  );
Promise.all([
  after(80, (resolve) => resolve('late')),
  after(10, (_, reject) => reject(new Error('early'))),
  after(45, (_, reject) => reject(new Error('dropped'))),
]).catch((error) => console.log('caught', error.message));
