// How a source that is no script comes into one: what all that is built of the elements shares (the pages, the package,
// the files for a disk).
import { build, transformSync } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { compress } from 'lzma1';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleVm } from './playground/bundle.mjs';

const { default: zopfli } = await import('@gfx/zopfli');
// It takes each error of the whole process for its own, and prints its own source with it.
for (const event of ['uncaughtException', 'unhandledRejection']) process.removeAllListeners(event);

export const web = dirname(fileURLToPath(import.meta.url));
export const modules = join(web, '../build/wasm');

const require = createRequire(import.meta.url);

/** The playground's, half a megabyte. */
export const ENGINE = 'quickjs.wasm';

/** Where a wasm module lies: ours, or the engine that the playground takes from a package. @param {string} module */
export const pathOf = (module) =>
  module === ENGINE ? require.resolve('@jitl/quickjs-wasmfile-release-sync/wasm') : join(modules, module);

/**
 * As web servers do. Node's own zlib is made for speed, and leaves 1% more.
 *
 * @param {Uint8Array} bytes @returns {Buffer}
 */
export const gzip = (bytes) => execFileSync('gzip', ['-9n'], { input: bytes, maxBuffer: 2 ** 24 });

/**
 * What travels packed. Packing takes seconds: it is done once in a build, and kept from one to the next.
 *
 * @type {Map<string, Promise<Buffer>>}
 */
const packedOnes = new Map();

/** @param {Uint8Array} bytes @param {string} way @param {() => Promise<Uint8Array> | Uint8Array} pack */
async function packedAndKept(bytes, way, pack) {
  const name = createHash('sha256').update(bytes).update(way).digest('hex');
  const kept = join(modules, `../packed/${name}`);
  if (existsSync(kept)) return readFile(kept);
  const made = await pack();
  await mkdir(dirname(kept), { recursive: true });
  const own = `${kept}.${process.pid}`; // site and package are built side by side
  await writeFile(own, made);
  await rename(own, kept); // never half of it
  return made;
}

/**
 * A wasm module. What the playground alone has is packed by LZMA, which leaves 11% less than gzip, and is unpacked in
 * its worker (core/unpack/lzma.h). All else by gzip (core/in-page.js): browsers unpack that themselves. Zopfli
 * takes a second, and leaves 6% less than gzip's own.
 *
 * @param {string} module @returns {Promise<Buffer>}
 */
export function packed(module) {
  const made = packedOnes.get(module) ?? pack(module);
  packedOnes.set(module, made);
  return made;
}

/** @param {Uint8Array} bytes */
const byLzma = (bytes) => packedAndKept(bytes, 'lzma', () => Uint8Array.from(compress(bytes, 9)));

/** @param {string} module */
async function pack(module) {
  const bytes = await readFile(pathOf(module));
  const isOfPlayground = module === ENGINE || module === 'play.wasm';
  const made = isOfPlayground
    ? await byLzma(bytes)
    : await packedAndKept(bytes, 'gzip', () => zopfli.gzipAsync(bytes, {}));
  return Buffer.from(made);
}

/** The shapes of a figure, without the frame that makes a file of it. @param {string} path */
export const shapesOf = (path) =>
  readFileSync(path, 'utf8')
    .replace(/<\/?svg\b[^>]*>/g, '')
    .trim();

/** An element's sheet becomes a stylesheet, constructed once. @param {(css: string) => string} [change] */
const sheetsOf = (change = (css) => css) => ({
  name: 'sheets',
  setup(builder) {
    builder.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = transformSync(change(await readFile(path, 'utf8')), { loader: 'css', minify: true });
      return {
        contents: `import { unsafeCSS } from 'lit'; export default unsafeCSS(${JSON.stringify(code.trim())});`,
        loader: 'js',
        resolveDir: dirname(path),
      };
    });
  },
});
export const sheets = sheetsOf();

/**
 * The same, for an element on a page of which nothing is known: what the lessons' pages say of their root is said of
 * the element, and a rem is the element's own (see package/standalone.css), in conditions the usual 16 px.
 */
export const standaloneSheets = sheetsOf((css) =>
  css
    .replace(/(?<=:root \{\s*)color-scheme: light dark;/, '')
    .replaceAll(':root:root', ':host(:defined)')
    .replace(/:root\[data-theme=('\w+')\]/g, ':host([theme=$1])')
    .replaceAll(':root', ':host')
    .replace(/@(?:media|container)[^{]+/g, (condition) => condition.replace(/([\d.]+)rem/g, (_, n) => `${16 * n}px`))
    .replace(/(?<!--rem:[^;]*)\b([\d.]+)rem/g, 'calc($1 * var(--rem))'),
);

/** A figure becomes a template, for the pictures of elements. */
export const figures = {
  name: 'figures',
  setup(builder) {
    builder.onLoad({ filter: /\/figures\/.*\.svg$/ }, ({ path }) => ({
      contents: `import { svg } from 'lit'; export default svg\`${shapesOf(path).replace(/\n\s+/g, '')}\`;`,
      loader: 'js',
      resolveDir: dirname(path),
    }));
  },
};

/** The bundler leaves templates as they are, and they are much of what the elements are. */
export const unindentTemplates = {
  name: 'unindent-templates',
  setup(builder) {
    builder.onLoad({ filter: /\/elements\/.*\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(/\n\s+/g, '\n'),
    }));
  },
};

/** What runs inside the playground's VM is text for the script that hands it over. */
export const vmAsText = {
  name: 'vm-as-text',
  setup(builder) {
    builder.onResolve({ filter: /^vm:playground$/ }, ({ path }) => ({ path, namespace: 'vm' }));
    builder.onLoad({ filter: /./, namespace: 'vm' }, () => ({ contents: bundleVm(), loader: 'text' }));
  },
};

/** The trees that CodeMirror's grammars are read into are not used, and their package does not say that they may go. */
export const unusedTrees = {
  name: 'unused-trees',
  setup(builder) {
    builder.onResolve({ filter: /^@lezer\/common$/ }, async ({ path, kind, resolveDir, pluginData }) => {
      if (pluginData === 'resolving') return undefined;
      const found = await builder.resolve(path, { kind, resolveDir, pluginData: 'resolving' });
      return { ...found, sideEffects: false };
    });
  },
};

/** A worker's whole program. @param {string} path */
async function workerText(path) {
  const define = { 'import.meta.url': '"file:///"' }; // a worker made of text has none, and fetches nothing
  const { outputFiles } = await build({ ...classic, define, plugins: [vmAsText], write: false, entryPoints: [path] });
  return outputFiles[0].text;
}

/** A page from the disk may not load a worker's program either: it stands in the script as text. */
export const workerAsText = {
  name: 'worker-as-text',
  setup(builder) {
    builder.onResolve({ filter: /^worker:/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path.slice('worker:'.length)),
      namespace: 'worker',
    }));
    builder.onLoad({ filter: /./, namespace: 'worker' }, async ({ path }) => ({
      contents: await workerText(path),
      loader: 'text',
    }));
    // The playground's is a third of a megabyte: it is packed as its engine is.
    builder.onResolve({ filter: /^packed:/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path.slice('packed:'.length)),
      namespace: 'packed',
    }));
    builder.onLoad({ filter: /./, namespace: 'packed' }, async ({ path }) => ({
      contents: await byLzma(Buffer.from(await workerText(path))),
      loader: 'binary',
    }));
  },
};

/** Where a script has all that it needs inside, the wasm modules are in it too. */
export const wasmInside = {
  name: 'wasm-inside',
  setup(builder) {
    builder.onResolve({ filter: /^\w+\.wasm$/ }, ({ path }) => ({ path, namespace: 'wasm' }));
    builder.onLoad({ filter: /./, namespace: 'wasm' }, async ({ path }) => ({
      contents: await packed(path),
      loader: 'binary',
    }));
    builder.onResolve({ filter: /^later:\w+\.wasm$/ }, ({ path }) => ({ path: path.slice(6), namespace: 'later' }));
    builder.onLoad({ filter: /./, namespace: 'later' }, ({ path }) => ({
      contents: `export default () => import('${path}').then((module) => module.default);`,
    }));
  },
};

/** @type {import('esbuild').BuildOptions} */
export const classic = {
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['es2022'],
  legalComments: 'none',
  logLevel: 'warning',
  loader: { '.tsv': 'text' },
};
