// The first string may hold %s, %d, %i, %f, %j, %o, %O, %c and %%.
// Source: Node.js, Util: util.format(format[, ...args])
console.log('%s is %d years and %i months, %f', 'Ada', 36.5, 7.9, '1.50');
console.log('%j %O', { a: [1, { b: 2 }] }, { c: { d: { e: { f: 1 } } } });
console.log('100%', 'of', 5);
console.log('%% %s', 'one', 'rest', { a: 1 });
console.log('%s %s', 'only one');
console.log('%c styled', 'color: red');
console.log('%s %s %s %s', null, undefined, Symbol('s'), 12n, -0);
console.log('%s %s', { a: { b: 1 } }, [1, [2, [3]]], () => 1);
console.log('%d %i %d', '0x10', 'abc', {}, 'more');
console.log(5, '%s', 'not a format');
