// What is thrown at the await is the reason itself, whatever it is.
// Source: ECMAScript 27.7.5.3 Await, step 5
(async () => {
  for (const reason of ['text', 42, null, undefined, { code: 'E' }]) {
    try {
      await Promise.reject(reason);
    } catch (error) {
      console.log(error === reason, error);
    }
  }
})();
