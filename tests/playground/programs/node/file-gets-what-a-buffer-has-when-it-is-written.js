// What is written of a buffer is what it has when a thread writes it; a text is what it was when it was given.
// Source: Node.js, lib/fs.js and lib/internal/fs/promises.js: writeFile, writeAll
const fs = require('node:fs');
const FILE = 'of-a-buffer.txt';
const buffer = Buffer.from('as it was');
const tell = () => console.log(fs.readFileSync(FILE, 'utf8'));
fs.writeFile(FILE, buffer, () => {
  tell();
  let text = ' and a text';
  fs.promises.appendFile(FILE, text).then(() => {
    tell();
    fs.promises.writeFile(FILE, buffer.subarray(3)).then(tell);
    buffer.set(Buffer.from('IT'), 3);
  });
  text = 'another';
});
buffer.set(Buffer.from('now'), 6);
