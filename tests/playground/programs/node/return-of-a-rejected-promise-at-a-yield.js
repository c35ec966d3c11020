// return at a yield awaits what it is given: if that is rejected, it is thrown there instead.
// Source: ECMAScript 27.6.3.7 AsyncGeneratorUnwrapYieldResumption
async function* caught() {
  try {
    yield 1;
  } catch (reason) {
    console.log('caught', reason);
    yield 2;
  } finally {
    console.log('finally');
  }
}
async function run() {
  const one = caught();
  console.log(await one.next(), await one.return(Promise.reject('reason')), await one.return('end'));
  const two = caught();
  console.log(await two.next(), await two.return(Promise.resolve('kept')));
}
run();
