// readFileSync gives the text at once, or throws.
// Source: Node.js, File system: fs.readFileSync(path[, options])
const fs = require('node:fs');
fs.writeFileSync('notes.txt', 'line 1\nline 2\n');
Promise.resolve().then(() => console.log('microtask'));
console.log(fs.readFileSync('notes.txt', 'utf8').split('\n'));
try {
  fs.readFileSync('missing.txt');
} catch (error) {
  console.log(error.code, error.syscall, error.message);
}
console.log(fs.existsSync('notes.txt'), fs.existsSync('missing.txt'));
