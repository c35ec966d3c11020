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
/** Of the others each takes one. @type {Record<string, number>} */
const TRIPS = { readFile: 4, writeFile: 3, appendFile: 3 };

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

  /** @param {any} path */
  function resolve(path) {
    const text = typeof path === 'string' ? path : typeof path?.pathname === 'string' ? path.pathname : undefined;
    if (text === undefined) throw argumentTypeError('path', 'of type string or an instance of Buffer or URL', path);
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

  /** The name of a file that may be written. @param {any} path */
  function toWrite(path) {
    const file = resolve(path);
    if (folders.has(file)) throw aFolder('open', path);
    if (!folders.has(folderOf(file))) throw missing('open', path);
    return file;
  }

  /** @param {any} options */
  function encodingOf(options) {
    const encoding = typeof options === 'string' ? options : options?.encoding;
    if (!encoding || Buffer.isEncoding(encoding)) return encoding;
    const message = `The argument 'encoding' is invalid encoding. Received '${encoding}'`;
    throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE', message);
  }

  /** What is written. @param {any} data @param {any} options @returns {number[]} */
  function bytesOf(data, options) {
    if (typeof data === 'string') return [...Buffer.from(data, encodingOf(options) ?? 'utf8')];
    if (ArrayBuffer.isView(data)) return [...new Uint8Array(data.buffer, data.byteOffset, data.byteLength)];
    throw argumentTypeError('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
  }

  /** What each call does, at once. @type {Record<string, (...values: any[]) => any>} */
  const DO = {
    readFile(path, options) {
      const encoding = encodingOf(options);
      const file = resolve(path);
      if (folders.has(file)) throw Object.assign(new Error('EISDIR: illegal operation on a directory, read'), READ);
      const bytes = files.get(file);
      if (!bytes) throw missing('open', path);
      const buffer = Buffer.from(bytes);
      return encoding ? buffer.toString(encoding) : buffer;
    },
    writeFile(path, data, options) {
      const bytes = bytesOf(data, options);
      const file = toWrite(path);
      const flag = `${options?.flag ?? 'w'}`;
      if (flag.includes('x') && files.has(file)) throw failure('EEXIST', -17, 'file already exists', 'open', path);
      files.set(file, flag.startsWith('a') ? [...(files.get(file) ?? []), ...bytes] : bytes);
    },
    appendFile(path, data, options) {
      DO.writeFile(path, data, { encoding: encodingOf(options), flag: 'a' });
    },
    unlink(path) {
      if (folders.has(resolve(path))) throw aFolder('unlink', path);
      if (!files.delete(resolve(path))) throw missing('unlink', path);
    },
    rename(from, to) {
      const [old, now] = [resolve(from), resolve(to)];
      const isThere = files.has(old) || folders.has(old);
      if (!isThere || !folders.has(folderOf(now)))
        throw Object.assign(failure('ENOENT', -2, NONE, 'rename', from, ` -> '${to}'`), { dest: `${to}` });
      const moved = (/** @type {string} */ name) =>
        `${name}/`.startsWith(`${old}/`) ? now + name.slice(old.length) : '';
      for (const [name, bytes] of [...files]) if (moved(name) && files.delete(name)) files.set(moved(name), bytes);
      for (const name of [...folders]) if (moved(name) && folders.delete(name)) folders.add(moved(name));
    },
    access(path) {
      if (!files.has(resolve(path)) && !folders.has(resolve(path))) throw missing('access', path);
    },
    stat(path) {
      const bytes = files.get(resolve(path));
      const isFolder = folders.has(resolve(path));
      if (!bytes && !isFolder) throw missing('stat', path);
      return { size: bytes?.length ?? 4096, isFile: () => !isFolder, isDirectory: () => isFolder };
    },
    readdir(path) {
      const folder = resolve(path);
      if (files.has(folder)) throw failure('ENOTDIR', -20, 'not a directory', 'scandir', path);
      if (!folders.has(folder)) throw missing('scandir', path);
      const inside = [...files.keys(), ...folders].filter((name) => name !== '/' && folderOf(name) === folder);
      return inside.map((name) => name.slice(name.lastIndexOf('/') + 1)).sort();
    },
    mkdir(path, options) {
      const folder = resolve(path);
      const isDeep = options?.recursive === true;
      if (files.has(folder) || (folders.has(folder) && !isDeep))
        throw failure('EEXIST', -17, 'file already exists', 'mkdir', path);
      if (!folders.has(folderOf(folder)) && !isDeep) throw missing('mkdir', path);
      let made;
      for (let at = folder; !folders.has(at); at = folderOf(at)) folders.add((made = at));
      return isDeep ? made : undefined;
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
  const usOf = pristine.run((/** @type {string} */ name, /** @type {any} */ path) => {
    const file = resolve(path);
    if (name === 'writeFile' || name === 'appendFile') coming.add(file);
    if (name === 'unlink') coming.delete(file);
    const isMissing = name === 'readFile' && !files.has(file) && !coming.has(file);
    return TRIP_US * (isMissing ? 1 : (TRIPS[name] ?? 1));
  });

  /** @type {Record<string, any>} */ const fs = { constants: {} };
  /** @type {Record<string, any>} */ const promises = { constants: {} };
  for (const [name, does] of Object.entries(DO)) {
    const act = pristine.run(does);
    fs[`${name}Sync`] = (/** @type {any[]} */ ...values) => {
      try {
        return call(act, undefined, values);
      } catch (error) {
        throw placed(error, name, false);
      }
    };
    fs[name] = (/** @type {any[]} */ ...values) => {
      const callback = list.splice(values, -1)[0];
      needFunction('cb', typeof callback === 'function' ? callback : undefined);
      const us = usOf(name, values[0]);
      const done = () => {
        let error = /** @type {any} */ (null);
        let result;
        try {
          result = call(act, undefined, values);
        } catch (e) {
          error = e;
          const value = `${error.name}: ${error.message}`; // none of the program's code is on the stack
          if (isOfSystem(error)) define(error, 'stack', { value });
        }
        if (error) callback(error);
        else if (result === undefined) callback(null);
        else callback(null, result);
      };
      kernel.ask(ASK.WORK, 'socket', done, callback.name, `fs.${name} callback`, us);
    };
    promises[name] = (/** @type {any[]} */ ...values) =>
      new Promise((resolvePromise, rejectPromise) => {
        const done = () => {
          try {
            resolvePromise(call(act, undefined, values));
          } catch (error) {
            rejectPromise(placed(error, name, true));
          }
        };
        kernel.ask(ASK.WORK, 'socket', done, '', `fs.promises.${name}`, usOf(name, values[0]));
      });
  }
  fs.existsSync = pristine.run((/** @type {any} */ path) => files.has(resolve(path)) || folders.has(resolve(path)));
  fs.promises = promises;
  return fs;
}
