// Whether a file is read before a timer of 1 ms is due nobody can say.
// Source: Node.js, The Node.js Event Loop: phases
const fs = require('node:fs');
fs.readFile(__filename, () => console.log('read'));
setTimeout(() => console.log('timer'), 1);
