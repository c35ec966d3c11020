// Without an encoding what was read is a buffer of bytes.
// Source: Node.js, File system: fs.readFile(): without an encoding the raw buffer is returned
const fs = require('node:fs');
fs.writeFileSync('word.txt', 'Hé');
fs.readFile('word.txt', (error, data) => {
  console.log(data.length, data.toString(), String(data) === 'Hé');
});
