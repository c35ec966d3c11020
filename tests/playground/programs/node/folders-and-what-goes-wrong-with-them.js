// Files lie in folders, which must be there first; each error says what was tried, and on what.
// Source: Node.js, File system: fs.mkdir(path[, options, callback]), and the man pages of open(2), mkdir(2), rename(2)
const fs = require('node:fs');
const tried = (act) => {
  try {
    console.log(act());
  } catch ({ code, errno, syscall, path, dest, message }) {
    console.log(code, errno, syscall, path, dest, message);
  }
};
tried(() => fs.writeFileSync('a/one.txt', '1'));
tried(() => fs.mkdirSync('a/b'));
tried(() => fs.mkdirSync('a'));
tried(() => fs.mkdirSync('a'));
tried(() => fs.mkdirSync('a/b/c', { recursive: true }).endsWith('b'));
tried(() => fs.mkdirSync('a/b/c', { recursive: true }));
tried(() => fs.writeFileSync('a/b/two.txt', '2'));
tried(() => fs.readdirSync('a/b'));
tried(() => fs.readdirSync('a/b/two.txt'));
tried(() => fs.readdirSync('nowhere'));
tried(() => fs.readFileSync('a'));
tried(() => fs.writeFileSync('a', ''));
tried(() => fs.unlinkSync('a'));
tried(() => fs.unlinkSync('nowhere'));
tried(() => fs.renameSync('nowhere', 'a/somewhere'));
tried(() => fs.renameSync('a/b', 'nowhere/b'));
tried(() => fs.renameSync('a/b/two.txt', 'a/three.txt'));
tried(() => fs.renameSync('a', 'd'));
tried(() => fs.existsSync('a') + ' ' + fs.existsSync('d/b/c'));
tried(() => fs.statSync('d/b').isDirectory() && fs.readFileSync('d/three.txt', 'utf8'));
