// To ask for a file's size takes a thread one trip, to write it three, to read it four; which is done first is open.
// Source: Node.js, File system: Threadpool usage
const fs = require('node:fs');
fs.readFile(__filename, () => console.log('read'));
fs.writeFile('new.txt', 'new', () => console.log('written'));
fs.stat(__filename, () => console.log('stat'));
