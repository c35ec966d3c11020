// What promisify gives has the name, the length and the properties of the function, and is one of its own.
// Source: Node.js lib/internal/util.js, promisify
const { promisify } = require('node:util');
const load = (name, options, done) => setImmediate(done, null, `${name} ${options}`);
load.retries = 3;
const promised = promisify(load);
console.log(promised.name, promised.length, promised.retries, promised === load);
promised('a', 1).then((value) => console.log(value));
