// In CommonJS require, module and exports are there, and this is module.exports.
// Source: Node.js, Modules: CommonJS modules: the module wrapper
console.log(typeof require, typeof module, typeof __filename, typeof __dirname);
console.log(this === module.exports, this === exports);
console.log(require('events') === require('node:events'), require.main === module);
exports.value = 1;
console.log(module.exports);
