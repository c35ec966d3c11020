// An async generator runs only when next is called, up to its next yield.
// Source: ECMAScript 27.6.1.2 AsyncGenerator.prototype.next
async function* count() {
  console.log('begins');
  yield 1;
  console.log('goes on');
  yield 2;
  console.log('ends');
}
(async () => {
  const numbers = count();
  console.log('nothing has run');
  console.log(await numbers.next());
  console.log(await numbers.next());
  console.log(await numbers.next());
  console.log(await numbers.next());
})();
