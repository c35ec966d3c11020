// An async function that throws and is not awaited leaves an unhandled rejection.
// Source: Node.js, Process: 'unhandledRejection'
async function save() {
  console.log('saving');
  await null;
  throw new Error('disk is full');
}
save();
setTimeout(() => console.log('never'), 0);
console.log('script end');
