// console.log shows a string as it is, and values inside of others in their notation.
// Source: Node.js, Console: console.log([data][, ...args]); Util: util.inspect()
console.log('text', 1, -0, 1n, true, null, undefined, Symbol('tag'));
console.log(['text', 1, -0, 1n, true, null, undefined, Symbol('tag')]);
console.log(NaN, Infinity, 1e21, 0.1 + 0.2, 1_000_000);
console.log();
console.log('');
console.log(["it's", 'say "hi"', `both ' and "`, `all ' " \``, 'line\nbreak', '\t', '\u0001', 'é', '😀']);
