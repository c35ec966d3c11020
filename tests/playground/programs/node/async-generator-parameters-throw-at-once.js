// A throw while an async generator binds its parameters is thrown by the call itself.
// Source: ECMAScript 15.6.2 EvaluateAsyncGeneratorBody, step 2
async function* rows({ length }) {
  yield length;
}
try {
  rows(null);
} catch (error) {
  console.log('thrown by the call:', error.name);
}
(async () => {
  for await (const row of rows('four')) console.log(row);
})();
