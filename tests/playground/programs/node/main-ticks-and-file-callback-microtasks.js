// Around a file's callback the same rule holds: first its ticks, then its microtasks, then the next phase.
// Source: Node.js, The Node.js Event Loop: process.nextTick()
const fs = require('node:fs');
fs.readFile(__filename, () => {
  console.log('callback');
  Promise.resolve().then(() => {
    console.log('microtask');
    process.nextTick(() => console.log('tick of the microtask'));
  });
  process.nextTick(() => console.log('tick'));
  setImmediate(() => console.log('immediate'));
});
