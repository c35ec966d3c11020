// beforeExit comes whenever the loop is empty; work that it queues keeps the process going, and it comes again.
// Source: Node.js, Process: 'beforeExit'
let rounds = 0;
process.on('beforeExit', (code) => {
  console.log('beforeExit', code, ++rounds);
  if (rounds < 3) setTimeout(() => console.log('more work'), 1);
});
process.on('exit', () => console.log('exit'));
