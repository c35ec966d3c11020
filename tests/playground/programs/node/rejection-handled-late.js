// A handler that comes a task later is too late: unhandledRejection was told, then rejectionHandled.
// Source: Node.js, Process: 'rejectionHandled'
process.on('unhandledRejection', (reason) => console.log('unhandled', reason.message));
process.on('rejectionHandled', (promise) => console.log('handled late', promise === failed));
const failed = Promise.reject(new Error('no'));
setTimeout(() => {
  console.log('timer');
  failed.catch((error) => console.log('caught', error.message));
}, 10);
