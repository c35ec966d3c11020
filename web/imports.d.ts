// What the build makes of an import that is no script. A wasm module is bytes,
declare module '*.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}

// or it comes when it is asked for,
declare module 'later:*' {
  const load: () => Promise<Uint8Array<ArrayBuffer>>;
  export default load;
}

// a file of measurements, or a worker's whole program, is text,
declare module '*.tsv' {
  const text: string;
  export default text;
}
declare module 'worker:*' {
  const program: string;
  export default program;
}

// where that is long, it is packed by LZMA;
declare module 'packed:*' {
  const program: Uint8Array<ArrayBuffer>;
  export default program;
}

// the part of the playground that runs inside the VM is text, too,
declare module 'vm:playground' {
  const program: string;
  export default program;
}

// a figure is a template, and a sheet of styles is what an element's `styles` take.
declare module '*.svg' {
  const figure: import('lit').TemplateResult<2>;
  export default figure;
}
declare module '*.css' {
  const styles: import('lit').CSSResult;
  export default styles;
}
