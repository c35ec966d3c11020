// @ts-check
/**
 * Node's fs, over the few files that the learner wrote: what is read and written there is forgotten after the run. A
 * thread beside the loop does what a call waits for, in one trip or several, such as to open a file, ask for its size,
 * read it and close it; then poll finds what is done. Source: Node 20's lib/fs.js, lib/internal/fs/read/context.js.
 */
import { argumentTypeError, codedError, comesFrom, needFunction } from './errors.js';
import { utf8Bytes } from './buffer.js';
import { ASK } from './kernel.js';
import { call, define, list } from './language.js';

const NONE = 'no such file or directory';
const READ = { errno: -21, code: 'EISDIR', syscall: 'read' };
const TRIP_US = 125;
/** Of those that open a file; of the others each takes one. @type {Record<string, number>} */
const TRIPS = { readFile: 4, writeFile: 3, appendFile: 3 };

/**
 * Behind the work so many jobs of Node's own come before the promise is settled: those of its async functions, by
 * Node 20. Where no other job waits nobody can tell, and they are left out: others wait when an error kept them.
 *
 * @param {string} name @param {any} error none: it went well
 */
function ownJobs(name, error) {
  const isOpened = error?.syscall === 'read';
  const jobs = name in TRIPS ? (isOpened ? 11 : error ? 5 : 9) : error ? 4 : 2;
  return name === 'appendFile' ? jobs + 1 : jobs; // it returns writeFile's promise
}

const OPEN = '  return new FileHandle(await PromisePrototypeThen(';
const RETURN = '  return await PromisePrototypeThen(';
const RESULT = '  const result = await PromisePrototypeThen(';
const WRITE = [2380, '    return binding.writeFileUtf8(', 637, OPEN];
/** Where in Node's own code a call throws: in node:fs, in node:internal/fs/promises. @type {Record<string, any[]>} */
const LINES = {
  access: [244, '  binding.access(pathModule.toNamespacedPath(path), mode);', 604, RETURN],
  appendFile: WRITE,
  mkdir: [1386, '  const result = binding.mkdir(', 856, RETURN],
  readFile: [573, '  return binding.open(', 637, OPEN],
  readdir: [1521, '  const result = binding.readdir(', 950, RESULT],
  rename: [1032, '  binding.rename(', 780, RETURN],
  stat: [1681, '  const stats = binding.stat(', 1033, RESULT],
  unlink: [1889, '  binding.unlink(path);', 1067, RETURN],
  writeFile: WRITE,
};

/** The same, as it is told, with a caret under what threw. @param {string} name @param {boolean} isPromised */
function placeIn(name, isPromised) {
  const [line, text] = LINES[name].slice(isPromised ? 2 : 0);
  const caret = /binding\.|(?=await)/.exec(text);
  return `node:${isPromised ? 'internal/fs/promises' : 'fs'}:${line}\n${text}\n${' '.repeat(
    /** @type {any} */ (caret).index + /** @type {any} */ (caret)[0].length,
  )}^`;
}

/** @param {any} path */
const textOf = (path) => (typeof path === 'string' ? path : path?.pathname);
const isPath = (/** @type {any} */ path) => typeof textOf(path) === 'string';

/** @param {any} parts see main.js @param {any} Buffer */
export function makeFiles({ kernel, options, pristine }, Buffer) {
  /** @type {Map<string, number[]>} */
  const files = new Map(
    Object.entries(options.files).map(([name, text]) => [resolve(name), utf8Bytes(/** @type {string} */ (text))]),
  );
  files.set(options.file, utf8Bytes(options.source));
  /** @type {Set<string>} */
  const folders = new Set();
  for (const file of files.keys()) for (let at = file; at !== '/'; folders.add(at)) at = folderOf(at);

  /** @param {any} path @param {string} [name] */
  function resolve(path, name = 'path') {
    if (!isPath(path)) throw argumentTypeError(name, 'of type string or an instance of Buffer or URL', path);
    const text = textOf(path);
    const parts = [];
    for (const part of (text.startsWith('/') ? text : `${options.file.replace(/\/[^/]*$/, '')}/${text}`).split('/')) {
      if (part === '..') parts.pop();
      else if (part !== '.' && part !== '') parts.push(part);
    }
    return `/${parts.join('/')}`;
  }

  /** The folder that a file, or a folder, is in. @param {string} path */
  function folderOf(path) {
    return path.replace(/\/[^/]*$/, '') || '/';
  }

  /** @param {string} code @param {number} errno @param {string} what @param {string} call @param {any} path
   * @param {string} [more] */
  const failure = (code, errno, what, call, path, more = '') =>
    Object.assign(new Error(`${code}: ${what}, ${call} '${path}'${more}`), {
      errno,
      code,
      syscall: call,
      path: `${path}`,
    });
  /** @typedef {(call: string, path: any) => Error} Failure */
  /** @type {Failure} */
  const missing = (call, path) => failure('ENOENT', -2, NONE, call, path);
  /** @type {Failure} */
  const aFolder = (call, path) => failure('EISDIR', -21, 'illegal operation on a directory', call, path);

  /** @param {string} file @param {any} path */
  function needWritable(file, path) {
    if (folders.has(file)) throw aFolder('open', path);
    if (!folders.has(folderOf(file))) throw missing('open', path);
  }

  /** @param {any} options */
  function encodingOf(options) {
    const encoding = typeof options === 'string' ? options : options?.encoding;
    if (!encoding || Buffer.isEncoding(encoding)) return encoding;
    const message = `The argument 'encoding' is invalid encoding. Received '${encoding}'`;
    throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE', message);
  }

  /** What is written: of a buffer, what it has by then. @param {any} data @param {any} options @returns {Uint8Array} */
  function bytesOf(data, options) {
    if (typeof data === 'string') return Buffer.from(data, encodingOf(options) ?? 'utf8');
    if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    throw argumentTypeError('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
  }

  /** Each looks at what a call was given; what comes of that does it, with the file that the first path names.
   * @type {Record<string, (path: any, ...values: any[]) => (file: string) => any>} */
  const DO = {
    readFile(path, options) {
      const encoding = encodingOf(options);
      return (file) => {
        if (folders.has(file)) throw Object.assign(new Error('EISDIR: illegal operation on a directory, read'), READ);
        const bytes = files.get(file);
        if (!bytes) throw missing('open', path);
        const buffer = Buffer.from(bytes);
        return encoding ? buffer.toString(encoding) : buffer;
      };
    },
    writeFile(path, data, options) {
      const bytes = bytesOf(data, options);
      const flag = `${options?.flag ?? 'w'}`;
      return (file) => {
        needWritable(file, path);
        if (flag.includes('x') && files.has(file)) throw failure('EEXIST', -17, 'file already exists', 'open', path);
        files.set(file, flag.startsWith('a') ? [...(files.get(file) ?? []), ...bytes] : [...bytes]);
      };
    },
    appendFile: (path, data, options) => DO.writeFile(path, data, { encoding: encodingOf(options), flag: 'a' }),
    unlink: (path) => (file) => {
      if (folders.has(file)) throw aFolder('unlink', path);
      if (!files.delete(file)) throw missing('unlink', path);
    },
    rename(from, to) {
      resolve(from, 'oldPath');
      const now = resolve(to, 'newPath');
      return (old) => {
        const isThere = files.has(old) || folders.has(old);
        if (!isThere || !folders.has(folderOf(now)))
          throw Object.assign(failure('ENOENT', -2, NONE, 'rename', from, ` -> '${to}'`), { dest: `${to}` });
        const moved = (/** @type {string} */ name) =>
          `${name}/`.startsWith(`${old}/`) ? now + name.slice(old.length) : '';
        for (const [name, bytes] of [...files]) if (moved(name) && files.delete(name)) files.set(moved(name), bytes);
        for (const name of [...folders]) if (moved(name) && folders.delete(name)) folders.add(moved(name));
      };
    },
    access: (path) => (file) => {
      if (!files.has(file) && !folders.has(file)) throw missing('access', path);
    },
    stat: (path) => (file) => {
      const bytes = files.get(file);
      const isFolder = folders.has(file);
      if (!bytes && !isFolder) throw missing('stat', path);
      return { size: bytes?.length ?? 4096, isFile: () => !isFolder, isDirectory: () => isFolder };
    },
    readdir: (path) => (folder) => {
      if (files.has(folder)) throw failure('ENOTDIR', -20, 'not a directory', 'scandir', path);
      if (!folders.has(folder)) throw missing('scandir', path);
      const inside = [...files.keys(), ...folders].filter((name) => name !== '/' && folderOf(name) === folder);
      return inside.map((name) => name.slice(name.lastIndexOf('/') + 1)).sort();
    },
    mkdir(path, options) {
      const isDeep = options?.recursive === true;
      return (folder) => {
        if (files.has(folder) || (folders.has(folder) && !isDeep))
          throw failure('EEXIST', -17, 'file already exists', 'mkdir', path);
        if (!folders.has(folderOf(folder)) && !isDeep) throw missing('mkdir', path);
        let made;
        for (let at = folder; !folders.has(at); at = folderOf(at)) folders.add((made = at));
        return isDeep ? made : undefined;
      };
    },
  };

  /** Else a call was wrong in itself. @param {any} error */
  const isOfSystem = (error) => error.errno !== undefined;
  const placed = pristine.run(
    (/** @type {any} */ error, /** @type {string} */ name, /** @type {boolean} */ isPromised) =>
      isOfSystem(error) ? comesFrom(error, placeIn(name, isPromised)) : error,
  );

  /** Files that are about to be written: whoever asks to read one then will find it. @type {Set<string>} */
  const coming = new Set();

  /** How long a call takes. To find that there is no such file takes one trip. */
  const usOf = (/** @type {string} */ name, /** @type {string} */ file) => {
    if (name === 'writeFile' || name === 'appendFile') coming.add(file);
    if (name === 'unlink') coming.delete(file);
    const isMissing = name === 'readFile' && !files.has(file) && !coming.has(file);
    return TRIP_US * (isMissing ? 1 : (TRIPS[name] ?? 1));
  };

  /** A call, if nothing is wrong with it in itself: how long it takes, and what does it. */
  const begin = pristine.run((/** @type {string} */ name, /** @type {any[]} */ values) => {
    const does = call(DO[name], undefined, values);
    const file = resolve(values[0]);
    return { us: usOf(name, file), act: pristine.run(() => does(file)) };
  });

  /** @type {Record<string, any>} */ const fs = { constants: {} };
  /** @type {Record<string, any>} */ const promises = { constants: {} };
  for (const name of Object.keys(DO)) {
    fs[`${name}Sync`] = (/** @type {any[]} */ ...values) => {
      try {
        return begin(name, values).act();
      } catch (error) {
        throw placed(error, name, false);
      }
    };
    fs[name] = (/** @type {any[]} */ ...values) => {
      const callback = list.splice(values, -1)[0];
      needFunction('cb', typeof callback === 'function' ? callback : undefined);
      const { us, act } = begin(name, values);
      const done = () => {
        let error = /** @type {any} */ (null);
        let result;
        try {
          result = act();
        } catch (e) {
          error = e;
          const value = `${error.name}: ${error.message}`; // none of the program's code is on the stack
          define(error, 'stack', { value });
        }
        if (error) callback(error);
        else if (result === undefined) callback(null);
        else callback(null, result);
      };
      kernel.ask(ASK.WORK, 'socket', done, callback.name, `fs.${name} callback`, us);
    };
    promises[name] = (/** @type {any[]} */ ...values) =>
      new Promise((resolvePromise, rejectPromise) => {
        const what = `fs.promises.${name}`;
        const after = (/** @type {number} */ jobs, /** @type {() => void} */ settle) => {
          if (jobs === 0) settle();
          else kernel.ask(ASK.QUEUE, 'microtask', () => after(jobs - 1, settle), '', `Node's own part of ${what}`);
        };
        const afterOwn = (/** @type {any} */ error, /** @type {() => void} */ settle) =>
          after(kernel.othersWait ? ownJobs(name, error) : 0, settle);
        try {
          const { us, act } = begin(name, values);
          const done = () => {
            try {
              const result = act();
              afterOwn(null, () => resolvePromise(result));
            } catch (error) {
              afterOwn(error, () => rejectPromise(placed(error, name, true)));
            }
          };
          kernel.ask(ASK.WORK, 'socket', done, '', what, us);
        } catch (error) {
          const awaitsOpen = name in TRIPS && !isPath(values[0]);
          after(name === 'appendFile' ? 2 : awaitsOpen ? 1 : 0, () => rejectPromise(error));
        }
      });
  }
  fs.existsSync = pristine.run((/** @type {any} */ path) => files.has(resolve(path)) || folders.has(resolve(path)));
  fs.promises = promises;
  return fs;
}
