// A handler on the first promise does not cover what then gives: each end of a chain needs its own.
// Source: ECMAScript 27.2.1.9 HostPromiseRejectionTracker
process.on('unhandledRejection', (reason) => console.log('unhandled', reason));
const failed = Promise.reject('reason');
failed.catch((reason) => console.log('caught', reason));
failed.then(() => console.log('not called'));
