// reject does not follow a promise: it is the reason as it is.
// Source: ECMAScript 27.2.1.3.1 Promise Reject Functions
const reason = Promise.resolve('inside');
Promise.reject(reason).catch((caught) => {
  console.log(caught === reason, caught);
  caught.then(console.log);
});
