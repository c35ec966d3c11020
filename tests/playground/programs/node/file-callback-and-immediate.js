// Reading a file takes several rounds of the loop: an immediate that the script set comes long before.
// Source: Node.js, The Node.js Event Loop: phases; File system: fs.readFile() reads in steps
const fs = require('node:fs');
fs.readFile(__filename, () => {
  console.log('read');
  setImmediate(() => console.log('immediate from the callback'));
});
setImmediate(() => console.log('immediate from the script'));
setTimeout(() => console.log('timer of 80'), 80);
