// A plain generator runs at once and queues nothing.
// Source: ECMAScript 27.5 Generator Objects
function* steps() {
  const answer = yield 'question';
  console.log('answer', answer);
  return 'end';
}
Promise.resolve().then(() => console.log('microtask'));
const walk = steps();
console.log(walk.next());
console.log(walk.next(42));
console.log([...steps()]);
