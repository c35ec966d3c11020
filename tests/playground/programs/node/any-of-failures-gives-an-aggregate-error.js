// When all are rejected Promise.any is rejected with an AggregateError, whose errors are in the order of the list.
// Source: ECMAScript 27.2.4.3.2 Promise.any Reject Element Functions
const fail = (ms, name) => new Promise((_, reject) => setTimeout(reject, ms, new Error(name)));
Promise.any([fail(40, 'a'), fail(1, 'b')]).catch((error) => {
  console.log(error.name, '-', error.message);
  console.log(error.errors.map(({ message }) => message));
  console.log(error instanceof AggregateError, error instanceof Error);
});
