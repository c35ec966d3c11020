// for await over a list waits for each element in turn.
// Source: ECMAScript 14.7.5.6 ForIn/OfHeadEvaluation with iteratorKind async; 27.1.4 Async-from-Sync Iterator Objects
const wait = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));
(async () => {
  for await (const value of [wait(30, 'slow'), wait(1, 'fast'), 'plain']) console.log(value);
  console.log('done');
})();
console.log('script end');
