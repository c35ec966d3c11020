// try around a call that is not awaited does not catch its rejection: the block is left before it comes.
// Source: ECMAScript 27.7.5.2 AsyncBlockStart: a throw rejects the promise
async function fail() {
  throw new Error('lost');
}
async function main() {
  try {
    return fail();
  } catch {
    console.log('not reached');
  }
}
main().catch((error) => console.log('outside', error.message));
