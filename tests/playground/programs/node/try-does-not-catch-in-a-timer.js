// try around setTimeout cannot catch what its callback throws: it runs in a task of its own and ends the process.
// Source: Node.js, Errors: error propagation and interception; Process: 'uncaughtException'
try {
  setTimeout(() => {
    console.log('callback');
    throw new Error('in the callback');
  }, 1);
} catch {
  console.log('not reached');
}
setTimeout(() => console.log('the process has ended before this'), 60);
console.log('script end');
