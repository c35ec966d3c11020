// fs/promises gives promises; a missing file rejects with ENOENT.
// Source: Node.js, File system: Promises API, fsPromises.readFile(path[, options])
const fs = require('node:fs/promises');
(async () => {
  await fs.writeFile('list.txt', 'a,b');
  console.log((await fs.readFile('list.txt', 'utf8')).split(','));
  try {
    await fs.readFile('missing.txt');
  } catch (error) {
    console.log(error.code, error.message);
  } finally {
    console.log('finally');
  }
})();
console.log('script end');
