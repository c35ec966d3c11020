// A listener that handles another rejection of the same round comes too late: that one is told, too.
// Source: Node.js, Process: 'uncaughtException'; lib/internal/process/promises.js: processPromiseRejections
const rejected = [1, 2].map((reason) => Promise.reject(reason));
process.on('rejectionHandled', () => console.log('handled late'));
process.on('unhandledRejection', (reason) => {
  console.log('unhandled', reason);
  if (reason === 1) rejected[1].catch(() => console.log('handler'));
});
