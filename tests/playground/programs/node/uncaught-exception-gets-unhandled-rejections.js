// Without a listener of unhandledRejection the rejection goes to uncaughtException, which tells where it came from.
// Source: Node.js, Process: 'uncaughtException': origin
process.on('uncaughtException', (error, origin) => console.log(origin, error.message));
Promise.reject(new Error('no handler'));
setTimeout(() => console.log('goes on'), 10);
