// group indents by two, lines within a text too; groupEnd goes back.
// Source: Node.js, Console: console.group([...label])
console.log('outside');
console.group('first', 1);
console.log('inside');
console.group();
console.log('two\nlines');
console.log({ a: 'x'.repeat(40), b: 'y'.repeat(40) });
console.groupEnd();
console.info('back');
console.groupEnd();
console.groupEnd();
console.groupCollapsed('collapsed');
console.log('is the same');
