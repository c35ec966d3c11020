// Bytes in hex and base64, and back; atob and btoa.
// Source: Node.js, doc/api/buffer.md, "Buffers and character encodings"; HTML 8.3 Base64 utility methods
for (const text of ['', 'a', 'ab', 'abc', 'hé€😀']) {
  const buffer = Buffer.from(text);
  console.log(buffer, buffer.toString('hex'), buffer.toString('base64'), buffer.toString('base64url'));
  console.log(Buffer.from(buffer.toString('hex'), 'hex').equals(buffer));
  console.log(Buffer.from(buffer.toString('base64'), 'base64').toString());
}
console.log(Buffer.from('zz61', 'hex'), Buffer.from('61zz', 'hex'), Buffer.from('é', 'latin1'), Buffer.from([256, 1]));
console.log(btoa('hello'), atob('aGVsbG8='), atob(' aGVs bG8 '));
const wrong = [
  () => btoa('€'),
  () => atob('*'),
  () => atob('Y'),
  () => Buffer.from('a', 'x'),
  () => Buffer.alloc(1).toString('x'),
];
for (const work of wrong) {
  try {
    work();
  } catch (error) {
    console.log(error.name, error.message, error.code);
  }
}
console.log(Buffer.from('hello').toString('hex', 1, 3), Buffer.from('hello').toString('utf8', 2));
