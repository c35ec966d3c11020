// Inside an I/O callback an immediate always comes before a timer: check follows poll.
// Source: Node.js, The Node.js Event Loop: setImmediate() vs setTimeout()
const fs = require('node:fs');
fs.readFile(__filename, () => {
  setTimeout(() => console.log('timer'), 0);
  setImmediate(() => console.log('immediate'));
  process.nextTick(() => console.log('tick'));
});
