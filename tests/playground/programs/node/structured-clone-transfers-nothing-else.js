// What cannot be transferred is refused before anything is cloned.
// Source: HTML 2.7.5 StructuredSerializeWithTransfer
const value = {
  get asked() {
    console.log('is cloned');
    return 1;
  },
};
try {
  structuredClone(value, { transfer: [{}] });
} catch (error) {
  console.log(error.name, error.code, error.message);
}
