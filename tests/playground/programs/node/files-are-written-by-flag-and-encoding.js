// A file is written and read in an encoding, added to or not replaced by a flag; what is no text or bytes is refused.
// Source: Node.js, lib/fs.js writeFile, lib/internal/util.js getOptions
const { writeFile, readFile, appendFile, unlink } = require('fs').promises;
const file = 'flag-and-encoding.txt';
const attempt = async (work) => {
  try {
    console.log(await work());
  } catch ({ name, code, message }) {
    console.log(name, code, message);
  }
};
(async () => {
  await attempt(() => writeFile(file, '6869', 'hex'));
  await attempt(() => readFile(file, 'utf8'));
  await attempt(() => readFile(file, { encoding: 'base64' }));
  await attempt(() => writeFile(file, '!', { flag: 'a' }));
  await attempt(() => appendFile(file, Buffer.from('?')));
  await attempt(() => readFile(file, 'latin1'));
  await attempt(() => writeFile(file, 'new', { flag: 'wx' }));
  await attempt(() => readFile(file, 'nope'));
  await attempt(() => writeFile(file, 5));
  await attempt(() => writeFile(file, new Uint16Array([0x4241])));
  await attempt(() => readFile(file));
  await unlink(file);
})();
