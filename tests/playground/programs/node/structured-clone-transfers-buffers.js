// What is transferred is of no more use where it was.
// Source: HTML, 2.7.6 StructuredSerializeWithTransfer
const bytes = new Uint8Array([1, 2]);
const copy = structuredClone(bytes, { transfer: [bytes.buffer] });
console.log(copy.length, bytes.length);
try {
  structuredClone(1, { transfer: [{}] });
} catch (error) {
  console.log(error.name);
}
