// @ts-check
/**
 * Node's fs, over the few files that the learner wrote: what is read and written there is forgotten after the run. A
 * thread beside the loop does what a call waits for, in one trip or several, such as to open a file, ask for its size,
 * read it and close it; then poll finds what is done. Source: Node 20's lib/fs.js, lib/internal/fs/read/context.js.
 */
import { argumentTypeError, needFunction } from './errors.js';
import { utf8Bytes, utf8Text } from './buffer.js';
import { ASK } from './kernel.js';

const TRIP_US = 125;
/** Of the others each takes one. @type {Record<string, number>} */
const TRIPS = { readFile: 4, writeFile: 3, appendFile: 3 };

/** @param {any} parts see main.js @param {any} Buffer */
export function makeFiles({ kernel, options }, Buffer) {
  /** @type {Map<string, number[]>} */
  const files = new Map(
    Object.entries(options.files).map(([name, text]) => [resolve(name), utf8Bytes(/** @type {string} */ (text))]),
  );
  const folder = options.file.replace(/\/[^/]*$/, '');
  files.set(options.file, utf8Bytes(options.source));

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

  /** @param {string} code @param {number} errno @param {string} what @param {string} call @param {any} path */
  const failure = (code, errno, what, call, path) =>
    Object.assign(new Error(`${code}: ${what}, ${call} '${path}'`), { errno, code, syscall: call, path: `${path}` });
  const missing = (/** @type {string} */ call, /** @type {any} */ path) =>
    failure('ENOENT', -2, 'no such file or directory', call, path);

  /** @param {any} options */
  const encodingOf = (options) => (typeof options === 'string' ? options : options?.encoding);

  /** What each call does, at once. @type {Record<string, (...values: any[]) => any>} */
  const DO = {
    readFile(path, options) {
      const bytes = files.get(resolve(path));
      if (!bytes) throw missing('open', path);
      return encodingOf(options) ? utf8Text(bytes) : Buffer.from(bytes);
    },
    writeFile(path, data) {
      files.set(resolve(path), typeof data === 'string' ? utf8Bytes(data) : [...data]);
    },
    appendFile(path, data) {
      files.set(resolve(path), [...(files.get(resolve(path)) ?? []), ...utf8Bytes(`${data}`)]);
    },
    unlink(path) {
      if (!files.delete(resolve(path))) throw missing('unlink', path);
    },
    rename(from, to) {
      const bytes = files.get(resolve(from));
      if (!bytes) throw missing('rename', from);
      files.delete(resolve(from));
      files.set(resolve(to), bytes);
    },
    access(path) {
      if (!files.has(resolve(path)) && resolve(path) !== folder) throw missing('access', path);
    },
    stat(path) {
      const bytes = files.get(resolve(path));
      const isFolder = !bytes && [...files.keys()].some((name) => name.startsWith(`${resolve(path)}/`));
      if (!bytes && !isFolder) throw missing('stat', path);
      return { size: bytes?.length ?? 4096, isFile: () => !isFolder, isDirectory: () => isFolder };
    },
    readdir(path) {
      const inside = `${resolve(path)}/`;
      const names = [...files.keys()]
        .filter((name) => name.startsWith(inside))
        .map((name) => name.slice(inside.length).split('/')[0]);
      if (names.length === 0 && resolve(path) !== folder) throw missing('scandir', path);
      return [...new Set(names)].sort();
    },
    mkdir() {},
  };

  /** Files that are about to be written: whoever asks to read one then will find it. @type {Set<string>} */
  const coming = new Set();

  /** How long a call takes. To find that there is no such file takes one trip. @param {string} name @param {any} path */
  function usOf(name, path) {
    const file = resolve(path);
    if (name === 'writeFile' || name === 'appendFile') coming.add(file);
    if (name === 'unlink') coming.delete(file);
    const isMissing = name === 'readFile' && !files.has(file) && !coming.has(file);
    return TRIP_US * (isMissing ? 1 : (TRIPS[name] ?? 1));
  }

  /** @type {Record<string, any>} */ const fs = { constants: {} };
  /** @type {Record<string, any>} */ const promises = { constants: {} };
  for (const [name, act] of Object.entries(DO)) {
    fs[`${name}Sync`] = (/** @type {any[]} */ ...values) => act(...values);
    fs[name] = (/** @type {any[]} */ ...values) => {
      const callback = values.pop();
      needFunction('cb', callback);
      const us = usOf(name, values[0]);
      const done = () => {
        let error = /** @type {any} */ (null);
        let result;
        try {
          result = act(...values);
        } catch (e) {
          error = e;
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
            resolvePromise(act(...values));
          } catch (error) {
            rejectPromise(error);
          }
        };
        kernel.ask(ASK.WORK, 'socket', done, '', `fs.promises.${name}`, usOf(name, values[0]));
      });
  }
  fs.existsSync = (/** @type {any} */ path) => files.has(resolve(path));
  fs.promises = promises;
  return fs;
}
