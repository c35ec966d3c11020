// A file that is about to be written is there for whoever asks to read it next, though nobody promises that.
// Source: Node.js, File system: Ordering of callback and promise-based operations
const fs = require('node:fs');
fs.writeFile('new.txt', 'new', () => console.log('written'));
fs.readFile('new.txt', 'utf8', (error, text) => console.log('read', error?.code ?? text));
