// The innermost try around the await has the error first.
// Source: ECMAScript 14.15 The try Statement; 27.7.5.3 Await
const fail = async (name) => {
  await null;
  throw new Error(name);
};
(async () => {
  try {
    try {
      await fail('a');
    } finally {
      console.log('inner finally');
    }
  } catch (error) {
    console.log('outer', error.message);
  }
  try {
    await fail('b');
  } catch ({ message }) {
    console.log('flat', message);
  }
})();
