// @ts-check
/**
 * The program's world, made inside the VM: what a host of JavaScript has, and the kernel below it. The host gets what
 * it drives it by:
 *
 *     make(door, options, control, asks, words)
 *       -> { load(program), run(), checkpoint(), call(what), goOn(), emit(what) }
 *
 * `door` is kernel.js's HostDoor; the buffers are its TABLES.
 */
import { makeBrowser } from './browser.js';
import { makeConsole } from './console.js';
import { makeErrors } from './stack.js';
import { makeInspect } from './inspect.js';
import { installJson } from './json.js';
import { ENDED, Kernel } from './kernel.js';
import { installLocale } from './locale.js';
import { makeLanguage } from './program.js';
import { makeNode } from './node.js';
import { refuseCode } from './no-code.js';
import { makePristine, mayReplace } from './pristine.js';
import { iterators, proxies } from './proxies.js';
import { installRandom } from './random.js';
import { makeShortly } from './shortly.js';
import { installLists, installRegExp } from './worded.js';

/**
 * @param {any} door @param {any} options
 * @param {ArrayBuffer} control @param {ArrayBuffer} asks @param {ArrayBuffer} words
 */
export default function make(door, options, control, asks, words) {
  const kernel = new Kernel(door, control, asks);
  const pristine = makePristine();
  const errors = makeErrors(options, pristine.run);
  installRegExp(errors.asV8);
  installLists(errors.asV8, options.source);
  installJson(JSON, options.host);
  installLocale(options.zones);
  installRandom(Math);
  const proxyTarget = proxies();
  const entries = iterators();
  const language = makeLanguage(kernel, errors, options, new Int32Array(words));
  const shortly = makeShortly((value) => proxyTarget(value) !== undefined);
  language.setShown(pristine.run((value) => shortly(value)));
  const inspecting = makeInspect({
    promise: language.stateOf,
    proxy: proxyTarget,
    stack: errors.stackOf,
    functionType: language.functionType,
    entries,
  });
  const inspection = {
    inspect: Object.assign(pristine.run(inspecting.inspect), inspecting.inspect),
    format: pristine.run(inspecting.format),
    formatWithOptions: pristine.run(inspecting.formatWithOptions),
  };
  const print = (/** @type {number} */ stream, /** @type {string} */ text) => kernel.print(stream, text);
  /** In Node it is told in a tick. @param {string} message @param {string} [name] */
  const warn = (message, name = 'Warning') =>
    options.host === 'node'
      ? /** @type {any} */ (globalThis).process.emitWarning(message, name)
      : print(2, `${message}\n`);
  const look = () => kernel.look();
  const console = makeConsole(print, inspecting, look, errors.stackOf, warn);
  pristine.runAll(console);
  /** @type {any} */ (globalThis).console = console;
  const parts = { kernel, language, inspection, pristine, proxyTarget, errors, print, warn, options };
  const host = /** @type {any} */ (options.host === 'node' ? makeNode(parts) : makeBrowser(parts));

  refuseCode();
  if (mayReplace(options.source)) pristine.keep();

  /** @param {() => void} callback */
  const guarded = (callback) => {
    try {
      callback();
    } catch (error) {
      if (errors.isOutOfMemory(error)) kernel.end(ENDED.MEMORY, 3);
      host.uncaught(errors.asV8(error));
    }
  };

  const settle = () => {
    kernel.setListens(host.listens());
    kernel.settle();
  };

  /** @type {() => void} */ let start = () => {};
  kernel.know(() => start());
  for (const happening of options.happenings) kernel.know(() => host.happen(happening));
  return {
    load(/** @type {any} */ program) {
      start = () => host.start(program, language.$);
    },
    run() {
      guarded(() => kernel.run());
      settle();
    },
    /** A callback that the host calls, and whose number is the next one. */
    call(/** @type {string} */ what) {
      kernel.know(() => host.emit(what));
      guarded(() => kernel.run());
      settle();
    },
    /** The same, for the next listener of an event. */
    goOn() {
      kernel.know(() => host.goOn());
      guarded(() => kernel.run());
      settle();
    },
    checkpoint() {
      guarded(() => host.checkpoint());
      settle();
    },
    emit(/** @type {string} */ what) {
      guarded(() => host.emit(what));
      settle();
    },
  };
}
