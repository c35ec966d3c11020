// A rejection that is awaited is thrown at the await: try and catch take it as any throw.
// Source: ECMAScript 27.7.5.3 Await, steps 5 and 6
const fail = () => Promise.reject(new Error('no answer'));
async function main() {
  try {
    console.log('asking');
    await fail();
    console.log('not reached');
  } catch (error) {
    console.log('caught', error.message);
  } finally {
    console.log('finally');
  }
  console.log('goes on');
}
main();
console.log('script end');
