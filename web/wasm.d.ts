// The build makes a wasm module bytes.
declare module '*.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}

// And a file of measurements, or a worker's whole program, as text.
declare module '*.tsv' {
  const text: string;
  export default text;
}
declare module 'worker:*' {
  const program: string;
  export default program;
}
