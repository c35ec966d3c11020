// forEach does not wait for an async callback: all begin at once, and the code after it runs first.
// Source: ECMAScript 23.1.3.15 Array.prototype.forEach: the callback's result is dropped
async function main() {
  [1, 2, 3].forEach(async (number) => {
    console.log('begins', number);
    await null;
    console.log('ends', number);
  });
  console.log('after forEach');
}
main();
