// That a file is missing is known after one trip to it, by then another that was asked for before is not read yet.
// Source: Node.js, File system: Threadpool usage
const fs = require('node:fs');
fs.readFile(__filename, () => {
  console.log('read');
  setImmediate(() => console.log('immediate'));
  setTimeout(() => console.log('timer'), 50);
});
fs.promises.readFile('nothing.txt').catch(({ code }) => console.log(code));
