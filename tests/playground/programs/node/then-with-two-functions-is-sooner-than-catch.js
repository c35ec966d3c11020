// then(f, g) handles a rejection a microtask sooner than then(f).catch(g).
// Source: ECMAScript 27.2.5.1 Promise.prototype.catch; 27.2.2.1 NewPromiseReactionJob
const failed = () => Promise.reject(new Error('no'));
failed()
  .then(() => {})
  .catch(() => console.log('then, catch'));
failed().then(
  () => {},
  () => console.log('then with two'),
);
failed().catch(() => console.log('catch'));
