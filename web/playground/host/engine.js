// @ts-check
// QuickJS, and in it what the program's world is made of (../vm/main.js). An engine is for one run.
import { LIMITS } from './limits.js';
import { TABLES } from '../vm/kernel.js';

/** QuickJS's own; the browser's stack, on which its interpreter runs, is shorter than one would think. */
const STACK_BYTES = 96 * 2 ** 10;

/** An error inside the VM, where there must not be one. */
export class EngineError extends Error {}

export class Engine {
  /** @type {import('quickjs-emscripten-core').QuickJSContext} */ #context;
  /** @type {import('quickjs-emscripten-core').QuickJSRuntime} */ #runtime;
  /** @type {Record<string, import('quickjs-emscripten-core').QuickJSHandle>} */ #handles = {};
  /** @type {Record<string, { view: any, place: number }>} */ #tables = {};

  /**
   * @param {import('quickjs-emscripten-core').QuickJSWASMModule} quickjs
   * @param {string} vm the source of ../vm/main.js, bundled: an expression
   * @param {Record<string, (...values: any[]) => any>} door what the VM may call, with and for strings and numbers
   * @param {Record<string, any>} options for the VM
   * @param {() => boolean} isOver asked often, while the VM runs: is it to be broken off?
   */
  constructor(quickjs, vm, door, options, isOver) {
    this.#runtime = quickjs.newRuntime({ memoryLimitBytes: LIMITS.bytes, maxStackSizeBytes: STACK_BYTES });
    this.#context = this.#runtime.newContext();
    this.#runtime.setInterruptHandler(isOver);
    const context = this.#context;
    const host = context.newObject();
    for (const [name, call] of Object.entries(door)) {
      const handle = context.newFunction(name, (...values) => {
        const answer = call(...values.map((value) => context.dump(value)));
        return typeof answer === 'number' ? context.newNumber(answer) : context.undefined;
      });
      context.setProp(host, name, handle);
      handle.dispose();
    }
    const make = this.#value(context.evalCode(vm, 'vm'));
    const settings = this.#value(context.evalCode(`(${JSON.stringify(options)})`));
    const tables = Object.entries(TABLES).map(([name, { length, Type }]) => {
      const bytes = length * Type.BYTES_PER_ELEMENT;
      // What the library has for this copies; these are its own parts, so that both sides see the same bytes.
      const { memory, ffi, ctx } = /** @type {any} */ (context);
      const place = memory.newHeapBufferPointer(new Uint8Array(bytes)).value.pointer;
      this.#tables[name] = { view: new Type(0), place };
      return memory.heapValueHandle(ffi.QTS_NewArrayBuffer(ctx.value, place, bytes));
    });
    const world = this.#value(context.callFunction(make, context.undefined, host, settings, ...tables));
    for (const name of ['load', 'run', 'checkpoint', 'call', 'goOn', 'emit'])
      this.#handles[name] = context.getProp(world, name);
    for (const handle of [host, make, settings, world, ...tables]) handle.dispose();
  }

  /** @param {any} result */
  #value(result) {
    if (!result.error) return result.value;
    const error = this.#context.dump(result.error);
    result.error.dispose();
    throw new EngineError(`${error?.name}: ${error?.message}\n${error?.stack ?? ''}`);
  }

  /** The program, for the VM to load. @param {string} code an expression @param {string} file */
  define(code, file) {
    const program = this.#value(this.#context.evalCode(code, file));
    this.#context.setProp(this.#context.global, '$program', program);
    program.dispose();
  }

  get #memory() {
    return /** @type {any} */ (this.#context).module.HEAPU8.buffer;
  }

  /** A table that both sides see; good until the VM runs again. @template {keyof typeof TABLES} T @param {T} name
   * @returns {InstanceType<(typeof TABLES)[T]['Type']>} */
  table(name) {
    const table = this.#tables[name];
    if (table.view.length === 0) {
      const { length, Type } = TABLES[name];
      table.view = new Type(this.#memory, table.place, length);
    }
    return table.view;
  }

  /** Calls a function of the VM's. False when it was broken off. @param {string} name @param {string[]} strings */
  call(name, ...strings) {
    const handles = strings.map((string) => this.#context.newString(string));
    const result = this.#context.callFunction(this.#handles[name], this.#context.undefined, ...handles);
    for (const handle of handles) handle.dispose();
    if (!result.error) {
      result.value.dispose();
      return true;
    }
    const error = this.#context.dump(result.error);
    result.error.dispose();
    if (error?.message === 'interrupted') return false;
    throw new EngineError(`${error?.name}: ${error?.message}\n${error?.stack ?? ''}`);
  }

  dispose() {
    for (const handle of Object.values(this.#handles)) handle.dispose();
    this.#context.dispose();
    this.#runtime.dispose();
  }
}
