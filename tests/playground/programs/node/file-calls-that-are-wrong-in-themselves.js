// A call of fs that is wrong in itself throws at once, or rejects, and nothing is read or written.
// Source: Node.js, lib/fs.js and lib/internal/fs/promises.js: readFile, writeFile, appendFile, rename
const fs = require('node:fs');
const tellOf = (call) => (error) => console.log(call, error ? error.message.split('\n')[0] : 'went well');
const CALLS = [
  ['readFile', __filename, 'nope'],
  ['readFile', __filename, { encoding: 'nope' }],
  ['readFile'],
  ['writeFile', 'wrong.txt', 5],
  ['writeFile', 'wrong.txt', 'text', 'nope'],
  ['writeFile', true, 'text'],
  ['appendFile', 'wrong.txt', 5],
  ['appendFile', true, 'text'],
  ['stat', null],
  ['access'],
  ['rename', 5, 'wrong.txt'],
  ['rename', 'wrong.txt', 5],
  ['mkdir'],
  ['readdir'],
  ['unlink', 5],
];
setImmediate(() => console.log('immediate; written:', fs.existsSync('wrong.txt')));
for (const [name, ...values] of CALLS) {
  const call = `${name} of ${values.length > 1 ? values.at(-1) : values[0]}`;
  fs.promises[name](...values).then(tellOf(call), tellOf(`${call}, by its promise:`));
  if (values.length === 0) continue;
  try {
    fs[name](...values, tellOf(`${call}, called back:`));
  } catch (error) {
    tellOf(`${call}, thrown:`)(error);
  }
}
