// process.stdout.write writes a text without a line break of its own.
// Source: Node.js, Process: process.stdout
process.stdout.write('one, ');
Promise.resolve().then(() => process.stdout.write('three\n'));
process.stdout.write('two, ');
