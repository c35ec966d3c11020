// break in for await calls return: finally in the generator runs, and the loop waits for it.
// Source: ECMAScript, AsyncIteratorClose; 27.6.1.3 AsyncGenerator.prototype.return
async function* lines() {
  try {
    yield 1;
    yield 2;
  } finally {
    console.log('closing');
    await new Promise((resolve) => setTimeout(resolve, 10));
    console.log('closed');
  }
}
(async () => {
  for await (const line of lines()) {
    console.log(line);
    break;
  }
  console.log('after the loop');
})();
