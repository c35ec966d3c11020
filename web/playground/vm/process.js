// @ts-check
/**
 * Node's process: its events, its end, and what becomes of errors that nobody caught and rejections that nobody handled
 * (lib/internal/process/promises.js and execution.js of Node 20).
 */
import { comesFrom, needWhole, placeOf } from './errors.js';
import { ASK, ENDED, LISTENS } from './kernel.js';
import { list, safe } from './language.js';

const UNHANDLED =
  'This error originated either by throwing inside of an async function without a catch block, or by rejecting a ' +
  'promise which was not handled with .catch(). The promise rejected with the reason';

/** Said with the first warning. */
const HOW_TO_TRACE = '\n(Use `node --trace-warnings ...` to show where the warning was created)';

/** Where a rejection comes from that is of no place. */
const OF_ENGINE =
  'node:internal/process/promises:391\n    triggerUncaughtException(err, true /* fromPromise */);\n    ^';

/** The same, of a module that threw no error. */
const OF_IMPORT = 'node:internal/modules/run_main:123\n    triggerUncaughtException(\n    ^';
/** Microtasks until Node's import of a module hears that this threw; one more if it awaits at its top. */
const HOPS = 3;

/**
 * @param {any} parts see main.js @param {any} EventEmitter
 */
export function makeProcess({ kernel, language, inspection, errors, print, options }, EventEmitter) {
  const { inspect } = inspection;
  class process extends EventEmitter {}
  const self = /** @type {any} */ (new process());

  let warnings = 0; // that were told

  // ---- the end

  /** What Node says of the place where an error came from, and of the error. @param {any} error */
  function report(error, /** @type {string | undefined} */ from = undefined) {
    const inside = placeOf(error);
    if (inside !== undefined) return reportInside(error, inside);
    const isError = error instanceof Error;
    const stack = isError ? String(errors.stackOf(error)) : '';
    const line = Number(/^ +at .*:(\d+)\)?$/m.exec(stack)?.[1] ?? options.lines[kernel.placeOfCode] ?? 1);
    const source = options.source.split('\n')[line - 1] ?? '';
    const shown = isError ? `\n${inspect(error)}` : inspect(error);
    const text = typeof error === 'string' ? error : shown;
    const hint =
      isError || (typeof error === 'object' && error !== null)
        ? ''
        : '\n(Use `node --trace-uncaught ...` to show where the exception was thrown)';
    print(
      2,
      `${isError ? '' : '\n'}${from ?? `${options.file}:${line}\n${source}\n^`}\n${text}${hint}\n\nNode.js ${self.version}\n`,
    );
  }

  /** The same of an error that came from Node's own code. @param {any} error @param {string} place */
  function reportInside(error, place) {
    print(2, `${place}\n\n${inspect(error)}\n\nNode.js ${self.version}\n`);
  }

  /** @param {number} status */
  function emitExit(status) {
    self._exiting = true;
    self.emit('exit', status);
    return self.exitCode ?? status;
  }

  /** @param {any} error @param {string} origin @param {number} how @param {(error: any) => void} tell */
  function fatal(error, origin, how, tell) {
    self.emit('uncaughtExceptionMonitor', error, origin);
    if (self.listenerCount('uncaughtException') > 0) {
      try {
        self.emit('uncaughtException', error, origin);
        kernel.ask(ASK.QUEUE, 'immediate', () => {}, "Node's empty immediate", '');
        return;
      } catch (again) {
        report(errors.asV8(again));
        kernel.end(ENDED.THREW, 7);
      }
    }
    let status = 1;
    try {
      self.exitCode = 1;
      status = emitExit(1);
    } catch (again) {
      error = errors.asV8(again);
      status = 7;
    }
    tell(error);
    kernel.end(how, status);
  }

  // ---- rejections

  /** @type {{ promise: any, isTold: boolean, isHandled: boolean }[]} */ let pending = [];
  /** @type {Map<any, { promise: any, isTold: boolean, isHandled: boolean }>} */ const rejections = safe(new Map());
  /** @type {any[]} */ let handledLate = [];
  const count = () => kernel.setRejections(pending.length + handledLate.length);

  language.tracker.reject = (/** @type {any} */ promise) => {
    if (promise === program) return failed(language.stateOf(promise).result, HOPS + 1);
    const rejection = { promise, isTold: false, isHandled: false };
    rejections.set(promise, rejection);
    list.push(pending, rejection);
    count();
  };
  language.tracker.handle = (/** @type {any} */ promise) => {
    const rejection = rejections.get(promise);
    if (!rejection) return;
    rejections.delete(promise);
    rejection.isHandled = true;
    if (rejection.isTold) list.push(handledLate, promise);
    count();
  };

  /** @param {any} reason */
  function unhandled(reason) {
    if (reason instanceof Error) {
      const isOfEngine = !String(errors.stackOf(reason)).includes('\n    at ');
      if (isOfEngine) comesFrom(reason, OF_ENGINE);
      return fatal(reason, 'unhandledRejection', ENDED.REJECTED, report);
    }
    const isPlain = reason === null || (typeof reason !== 'object' && typeof reason !== 'function');
    const shown = isPlain
      ? String(reason)
      : typeof reason === 'function'
        ? String(reason)
        : `#<${reason.constructor?.name ?? 'Object'}>`;
    const error = new Error(`${UNHANDLED} "${shown}".`);
    error.name = 'UnhandledPromiseRejection';
    Object.assign(error, { code: 'ERR_UNHANDLED_REJECTION' });
    fatal(error, 'unhandledRejection', ENDED.REJECTED, () => {
      const place = 'node:internal/process/promises:389\n      new UnhandledPromiseRejection(reason);\n      ^\n\n';
      const text = `UnhandledPromiseRejection: ${error.message}\n    at <anonymous> {\n  code: 'ERR_UNHANDLED_REJECTION'\n}`;
      print(2, `${place}${text}\n\nNode.js ${self.version}\n`);
    });
  }

  /** processPromiseRejections, when ticks and microtasks are done. */
  function checkpoint() {
    while (handledLate.length > 0) self.emit('rejectionHandled', list.splice(handledLate, 0, 1)[0]);
    /** @type {typeof pending} */ const told = []; // a handler that one of their listeners gives comes too late
    for (let i = 0; i < pending.length; i++) if (!pending[i].isHandled) list.push(told, pending[i]);
    pending = [];
    count();
    for (let i = 0; i < told.length; i++) {
      const rejection = told[i];
      rejection.isTold = true;
      const { result } = language.stateOf(rejection.promise);
      if (!self.emit('unhandledRejection', result, rejection.promise)) unhandled(errors.asV8(result));
    }
  }

  const uncaught = (/** @type {any} */ error) => fatal(error, 'uncaughtException', ENDED.THREW, report);

  /** What a callback threw, while listeners are still to be told: in a step of their own. @type {any[]} */
  let untold = [];
  /** @param {any} error */
  function thrown(error) {
    if (self.listenerCount('uncaughtException') === 0) return uncaught(error);
    list.push(untold, error);
    kernel.setUntold(true);
    kernel.setThrew();
  }
  function tellWhatWasThrown() {
    const error = list.splice(untold, 0, 1)[0];
    kernel.setUntold(untold.length > 0);
    uncaught(error);
  }

  /** A module's own promise, when it awaits at its top. */
  let program = /** @type {any} */ (undefined);

  /** The module threw. Node imports it in an async function of its own, which hears of that so many microtasks later.
   * @param {any} error @param {number} hops */
  function failed(error, hops) {
    const from = error instanceof Error ? undefined : OF_IMPORT;
    const hop = () => {
      if (hops-- > 0) kernel.ask(ASK.QUEUE, 'microtask', hop, "Node's import of the module", '');
      else fatal(errors.asV8(error), 'unhandledRejection', ENDED.REJECTED, (error) => report(error, from));
    };
    hop();
  }

  /** What the exit listeners are told when nothing is to come any more: a module that still awaits has its status, and
   * they are not told. */
  function lastStatus() {
    const status = self.exitCode ?? 0;
    if (program === undefined || language.stateOf(program).status !== 'pending') return status;
    self.exitCode ??= 13;
    return status;
  }

  // ---- what a program sees

  const write = (/** @type {number} */ stream) => ({
    write(/** @type {any} */ text, /** @type {any[]} */ ...rest) {
      print(stream, typeof text === 'string' ? text : String(text));
      const done = rest.find((value) => typeof value === 'function');
      if (done) self.nextTick(done);
      return true;
    },
  });
  Object.assign(self, {
    title: 'node',
    version: 'v20.20.2',
    versions: { node: '20.20.2' },
    arch: 'x64',
    platform: 'linux',
    release: { name: 'node' },
    argv: ['/usr/bin/node', options.file],
    execArgv: [],
    env: {},
    pid: 1,
    argv0: 'node',
    execPath: '/usr/bin/node',
    ppid: 0,
    stdout: write(1),
    stderr: write(2),
    cwd: () => options.file.replace(/\/[^/]*$/, '') || '/',
    uptime: () => kernel.look() / 1e6,
    hrtime: Object.assign(
      (/** @type {any} */ since) => {
        const us = kernel.look() - (since ? since[0] * 1e6 + since[1] / 1000 : 0);
        return [Math.floor(us / 1e6), (us % 1e6) * 1000];
      },
      { bigint: () => BigInt(kernel.look()) * 1000n },
    ),
    memoryUsage: () => ({ rss: 5e7, heapTotal: 2e7, heapUsed: 1e7, external: 1e6, arrayBuffers: 1e4 }),
    emitWarning(/** @type {any} */ warning, /** @type {any} */ options, /** @type {any} */ code) {
      const given = typeof options === 'object' ? options : { type: options, code };
      if (!(warning instanceof Error)) {
        warning = Object.assign(new Error(warning), { name: given.type ?? 'Warning' });
        if (given.code !== undefined) warning.code = given.code;
      }
      self.nextTick(() => {
        const code = warning.code ? `[${warning.code}] ` : '';
        print(2, `(node:1) ${code}${warning.name}: ${warning.message}${warnings++ === 0 ? HOW_TO_TRACE : ''}\n`);
        self.emit('warning', warning);
      });
    },
    exit(/** @type {any} */ code) {
      if (arguments.length > 0) self.exitCode = code;
      if (!self._exiting) emitExit(self.exitCode ?? 0);
      kernel.end(ENDED.EXIT, Number(self.exitCode ?? 0));
    },
    abort() {
      kernel.end(ENDED.EXIT, 134);
    },
  });

  /** What the process is to end with. @type {any} */ let exitCode;
  Object.defineProperty(self, 'exitCode', {
    get: () => exitCode,
    set(value) {
      const code = typeof value === 'string' && value !== '' ? Number(value) : value;
      if (value !== undefined && value !== null)
        needWhole('code', typeof code === 'number' && !isNaN(code) ? code : value);
      exitCode = value;
    },
    enumerable: true,
    configurable: true,
  });

  return {
    process: self,
    checkpoint,
    listens() {
      const isHeard = (/** @type {string} */ name) => self._events?.[name] !== undefined;
      let open = 0;
      for (let i = 0; i < pending.length; i++) if (!pending[i].isHandled) open++;
      const isTold = open > 0 && isHeard('unhandledRejection');
      return (
        (isHeard('beforeExit') ? LISTENS.BEFORE_EXIT : 0) |
        (isHeard('exit') ? LISTENS.EXIT : 0) |
        (isTold ? LISTENS.UNHANDLED : 0) |
        (open > 0 && !isTold && isHeard('uncaughtException') ? LISTENS.UNCAUGHT : 0) |
        (handledLate.length > 0 && isHeard('rejectionHandled') ? LISTENS.HANDLED : 0)
      );
    },
    uncaught: thrown,
    /** Runs a module. @param {() => any} module */
    start(module) {
      try {
        program = module();
      } catch (error) {
        return failed(language.$.caught(error), HOPS);
      }
      const rejection = rejections.get(program);
      if (!rejection) return;
      language.tracker.handle(program);
      failed(language.stateOf(program).result, HOPS + 1);
    },
    /** @param {string} what 'beforeExit', 'exit', 'rejections' or 'thrown' */
    emit(what) {
      if (what === 'rejections') checkpoint();
      else if (what === 'thrown') tellWhatWasThrown();
      else if (what === 'beforeExit') self.emit('beforeExit', self.exitCode ?? 0);
      else {
        const status = lastStatus();
        try {
          emitExit(status);
        } finally {
          kernel.setStatus(self.exitCode ?? status);
        }
      }
    },
  };
}
