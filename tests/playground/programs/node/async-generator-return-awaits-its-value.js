// return(promise) on an async generator awaits the promise.
// Source: ECMAScript 27.6.3 AsyncGeneratorAwaitReturn
async function* empty() {}
const generator = empty();
generator.next().then((result) => console.log('next', result));
generator.return(Promise.resolve('value')).then((result) => console.log('return', result));
generator.return(Promise.reject(new Error('no'))).catch((error) => console.log('return', error.message));
generator.next().then((result) => console.log('last', result));
