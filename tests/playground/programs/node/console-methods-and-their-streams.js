// log, info and debug write to standard output, error and warn to standard error.
// Source: Node.js, Console: console.error(), console.warn(), console.info(), console.debug()
console.log('log');
console.info('info');
console.debug('debug');
console.error('error', { a: 1 });
console.warn('warn %d', 5);
console.assert(1 === 1, 'not shown');
console.assert(1 === 2, 'shown on standard error');
console.assert(false);
