// throw on a generator that is in yield* over a list throws the error itself there: a list's iterator has no throw.
// Source: ECMAScript 2023, 27.1.4.2.3 %AsyncFromSyncIteratorPrototype%.throw, step 5
async function* outer() {
  try {
    yield* ['a', 'b'];
  } catch (error) {
    console.log('caught', error);
  }
}
const generator = outer();
generator.next().then((result) => console.log(result));
generator.throw('thrown in').then((result) => console.log(result));
