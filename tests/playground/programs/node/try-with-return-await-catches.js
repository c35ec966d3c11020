// return await in try catches the rejection; a plain return would hand it to the caller.
// Source: ECMAScript 27.7.5.3 Await; 14.15 The try Statement
async function fail() {
  throw new Error('here');
}
async function main() {
  try {
    return await fail();
  } catch (error) {
    return `caught ${error.message}`;
  }
}
main().then((value) => console.log(value));
