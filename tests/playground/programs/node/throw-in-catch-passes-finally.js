// A throw in catch still runs finally, then rejects the function's promise.
// Source: ECMAScript 14.15.3 Runtime Semantics of the try Statement
async function main() {
  try {
    await Promise.reject(new Error('first'));
  } catch (error) {
    throw new Error(`second, after ${error.message}`);
  } finally {
    console.log('finally');
  }
}
main().catch((error) => console.log(error.message));
console.log('script end');
