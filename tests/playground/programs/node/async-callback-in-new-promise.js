// An async executor's throw does not reject the promise that it makes: it rejects one that nobody sees.
// Source: ECMAScript 27.2.3.1 Promise(executor): the executor's result is dropped
process.on('unhandledRejection', (reason) => console.log('unhandled', reason.message));
const promise = new Promise(async () => {
  await null;
  throw new Error('in the executor');
});
promise.catch(() => console.log('never'));
setTimeout(() => console.log(promise), 5);
