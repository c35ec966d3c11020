// @ts-check
/** Host `node`: the program's globals, its modules, and how it is started. */
import { makeBuffer } from './buffer.js';
import { codedError } from './errors.js';
import { makeEvents } from './events.js';
import { makeFiles } from './files.js';
import { call } from './language.js';
import { makeProcess } from './process.js';
import { makePromisedTimers } from './promised-timers.js';
import { microtasks, nodeTimers } from './timers.js';
import { makeUtil } from './util.js';
import { makeWeb } from './web.js';

/** @param {any} parts see main.js */
export function makeNode(parts) {
  const { kernel, language, inspection, options, pristine, warn } = parts;
  const EventEmitter = makeEvents(inspection.inspect);
  const host = makeProcess(parts, EventEmitter);
  const { process } = host;
  const timers = nodeTimers(kernel, warn);
  const web = makeWeb(parts, (error) =>
    timers.nextTick(() => {
      throw error;
    }),
  );
  const Buffer = makeBuffer();
  pristine.runAll(Buffer);
  pristine.runAll(Buffer.prototype);
  const fs = makeFiles(parts, Buffer);
  const promisedTimers = makePromisedTimers(timers, kernel, language.$);
  const util = makeUtil(parts, timers);

  process.nextTick = (/** @type {any[]} */ ...values) => {
    if (!process._exiting) call(timers.nextTick, undefined, values);
  };
  const { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate } = timers;
  const globals = {
    ...web.globals,
    global: globalThis,
    process,
    Buffer,
    setTimeout,
    setInterval,
    setImmediate,
    clearTimeout,
    clearInterval,
    clearImmediate,
    queueMicrotask: microtasks(kernel),
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }
  Object.defineProperty(globalThis, Symbol.toStringTag, { value: 'global', configurable: true });
  Object.defineProperty(setTimeout, Symbol.for('nodejs.util.promisify.custom'), { value: promisedTimers.setTimeout });
  Object.defineProperty(setImmediate, Symbol.for('nodejs.util.promisify.custom'), {
    value: promisedTimers.setImmediate,
  });

  class AssertionError extends Error {
    name = 'AssertionError';
  }
  const falsy = 'The expression evaluated to a falsy value';
  const assert = Object.assign((/** @type {any} */ value, /** @type {any} */ message = falsy) => {
    if (!value) throw message instanceof Error ? message : codedError(AssertionError, 'ERR_ASSERTION', message);
  }, {});
  /** @type {Record<string, any>} */
  const modules = {
    events: EventEmitter,
    fs,
    'fs/promises': fs.promises,
    timers: {
      setTimeout,
      setInterval,
      setImmediate,
      clearTimeout,
      clearInterval,
      clearImmediate,
      promises: promisedTimers,
    },
    'timers/promises': promisedTimers,
    util,
    'util/types': util.types,
    process,
    console,
    buffer: { Buffer },
    perf_hooks: { performance: web.globals.performance },
    assert: Object.assign(assert, { ok: assert, strict: assert }),
    path: pristine.runAll(makePath()),
  };

  for (const module of [fs, fs.promises, process, assert])
    for (const [name, value] of Object.entries(module))
      if (typeof value === 'function' && !value.name) Object.defineProperty(value, 'name', { value: name });

  /** @param {string} specifier */
  const builtin = pristine.run((specifier) => {
    const name = specifier.replace(/^node:/, '');
    return Object.prototype.hasOwnProperty.call(modules, name) ? modules[name] : undefined;
  });

  function require(/** @type {string} */ specifier) {
    const found = builtin(specifier);
    if (found !== undefined) return found;
    const error = new Error(`Cannot find module '${specifier}'\nRequire stack:\n- ${options.file}`);
    throw Object.assign(error, { code: 'MODULE_NOT_FOUND', requireStack: [options.file] });
  }

  /** A module's namespace. @param {any} found */
  const namespace = (found) =>
    Object.freeze(
      Object.defineProperty(Object.assign(Object.create(null), found, { default: found }), Symbol.toStringTag, {
        value: 'Module',
      }),
    );

  const $ = language.$;
  $.import = (/** @type {string} */ specifier) => {
    const all = namespace(require(specifier));
    return { ...all, '*': all };
  };
  $.dynamicImport = (/** @type {any} */ specifier) =>
    new Promise((resolve, reject) => {
      const found = builtin(`${specifier}`);
      if (found !== undefined) return resolve(namespace(found));
      const error = new Error(`Cannot find module '${specifier}' imported from ${options.file}`);
      reject(Object.assign(error, { code: 'ERR_MODULE_NOT_FOUND' }));
    });
  $.meta = { url: `file://${options.file}`, filename: options.file, dirname: process.cwd() };

  return {
    ...host,
    /** @param {any} program @param {any} $ */
    start(program, $) {
      if (options.module) {
        host.start(() => program.call(undefined, $));
        return;
      }
      const module = { exports: {}, id: '.', filename: options.file, loaded: false, children: [], paths: [] };
      Object.assign(require, { main: module, cache: {} });
      const of = program(module.exports, require, module, options.file, process.cwd());
      Object.defineProperty($, 'arguments', { value: of.arguments });
      of.code.call(module.exports, $);
    },
  };
}

/** The little of path that programs use. */
function makePath() {
  const normalize = (/** @type {string} */ text) => {
    const parts = [];
    for (const part of text.split('/')) {
      if (part === '..') parts.pop();
      else if (part !== '.' && part !== '') parts.push(part);
    }
    return `${text.startsWith('/') ? '/' : ''}${parts.join('/')}`;
  };
  return {
    join: (/** @type {string[]} */ ...parts) => normalize(parts.filter(Boolean).join('/')) || '.',
    resolve: (/** @type {string[]} */ ...parts) =>
      normalize(['/', ...parts].reduce((a, b) => (b.startsWith('/') ? b : `${a}/${b}`))),
    basename: (/** @type {string} */ path, end = '') => {
      const name = path.replace(/\/+$/, '').split('/').pop() ?? '';
      return end && name.endsWith(end) ? name.slice(0, -end.length) : name;
    },
    dirname: (/** @type {string} */ path) => path.replace(/\/[^/]*$/, '') || '/',
    extname: (/** @type {string} */ path) => /[^/.](\.[^/.]*)$/.exec(path)?.[1] ?? '',
    sep: '/',
  };
}
