// fs.readFile calls back after the script, its ticks and its microtasks, with the error first.
// Source: Node.js, File system: fs.readFile(path[, options], callback)
const fs = require('node:fs');
fs.writeFileSync('notes.txt', 'Buy milk');
fs.readFile('notes.txt', 'utf8', (error, text) => console.log('read', error, text));
fs.readFile('missing.txt', 'utf8', (error, text) => setTimeout(() => console.log(error.code, text), 50));
Promise.resolve().then(() => console.log('microtask'));
process.nextTick(() => console.log('tick'));
console.log('script end');
