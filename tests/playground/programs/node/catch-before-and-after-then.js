// The same catch before and after a then handles different errors.
// Source: ECMAScript 27.2.5.1 Promise.prototype.catch
const steps = (chain) => chain.then(() => console.log('goes on')).catch((error) => console.log('late', error));
steps(Promise.reject('a').catch((error) => console.log('early', error)));
steps(Promise.reject('b'));
steps(
  Promise.resolve().then(() => {
    throw 'c';
  }),
);
