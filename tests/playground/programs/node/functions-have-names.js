// A function of Node's has the name that it is called by.
// Source: Node.js, lib/internal/console/constructor.js: the methods are bound, each with its own name
const assert = require('assert');
const fs = require('fs');
const { readFile } = fs;

for (const name of ['readFile', 'readFileSync', 'writeFile', 'existsSync', 'stat', 'unlink'])
  console.log(fs[name].name);
for (const name of ['readFile', 'mkdir', 'rename']) console.log(fs.promises[name].name);
console.log([require('events').listenerCount.name]);
console.log(readFile, { read: readFile }, assert.ok.name, process.hrtime.name);
console.log(console.warn, [console.debug, console.info, console.dirxml, console.groupCollapsed]);
console.log([process.nextTick, AbortSignal.abort, AbortSignal.timeout]);
