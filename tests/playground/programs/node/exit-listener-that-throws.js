// After a listener of exit that throws no tick comes any more, and the process keeps its status.
// Source: Node.js, Process: 'uncaughtException'; src/api/callback.cc: InternalCallbackScope::Close
process.on('uncaughtException', (error) => console.log('caught', error));
process.on('exit', (code) => {
  console.log('exit', code);
  queueMicrotask(() => console.log('never'));
  process.exitCode = 3;
  throw 1;
});
process.on('exit', () => console.log('never'));
