// finally gets no argument and changes neither value nor reason.
// Source: ECMAScript 27.2.5.3.1 Then Finally Functions
Promise.resolve('value')
  .finally((...given) => {
    console.log('arguments', given.length);
    return 'ignored';
  })
  .then((value) => console.log(value));
Promise.reject(new Error('reason'))
  .finally(() => 'ignored')
  .catch((error) => console.log(error.message));
