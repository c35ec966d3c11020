// throw and return end an async generator that has not begun: none of its code runs, and what next gives is nothing.
// Source: ECMAScript 27.6.1.4, 27.6.3.10 AsyncGeneratorDrainQueue
async function* numbers() {
  console.log('never');
  yield 1;
}
const thrown = numbers();
thrown.throw('reason').catch((reason) => console.log('rejected', reason));
thrown.next('value').then(console.log);
const returned = numbers();
returned.return(Promise.resolve('awaited')).then(console.log);
returned.next('value').then(console.log);
returned.throw('late').catch((reason) => console.log('rejected', reason));
