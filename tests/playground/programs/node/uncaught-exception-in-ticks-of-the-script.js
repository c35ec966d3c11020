// A tick that throws as check begins lets an immediate go before the other ticks.
// Source: Node.js, Process: 'uncaughtException'; src/env.cc: RunAndClearNativeImmediates
process.on('uncaughtException', (error) => console.log('caught', error));
process.on('unhandledRejection', (reason) => console.log('unhandled', reason));
setImmediate(() => console.log('immediate 1'));
setImmediate(() => console.log('immediate 2'));
process.nextTick(() => {
  throw 1;
});
process.nextTick(() => {
  throw 2;
});
process.nextTick(() => console.log('tick'));
