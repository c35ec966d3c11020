// Two files that are read at once come in either order: the operating system tells.
// Source: Node.js, File system: asynchronous methods: ordering is not guaranteed
const fs = require('node:fs');
fs.readFile(__filename, () => console.log('first asked'));
fs.readFile(__filename, () => console.log('second asked'));
