// @ts-check
/**
 * QuickJS, and in it what the program's world is made of (../vm/main.js), which takes it longest to read. So an engine
 * is made once, and every run begins from the memory that it had then: nothing of a program is there for the next.
 *
 *     const engine = new Engine(quickjs, vm)
 *     engine.begin(door, options, isOver)      a run; the one before is over, however it ended
 *     engine.load(code, file)
 *     engine.call(name, ...strings)
 */
import { LIMITS } from './limits.js';
import { Snapshot } from './snapshot.js';
import { DOOR, TABLES } from '../vm/kernel.js';

/** QuickJS's own; the browser's stack, on which its interpreter runs, is shorter than one would think. */
const STACK_BYTES = 96 * 2 ** 10;
/** What a run has grown the memory by, the memory keeps: with more than this, a new one is better. */
const KEPT_BYTES = 32 * 2 ** 20;

/** @typedef {import('quickjs-emscripten-core').QuickJSHandle} Handle */

/** An error inside the VM, where there must not be one. */
export class EngineError extends Error {
  /** @param {any} error what the VM threw */
  constructor(error) {
    super(`${error?.name}: ${error?.message}\n${error?.stack ?? ''}`);
    this.isInterruption = error?.message === 'interrupted';
  }
}

export class Engine {
  /** @type {import('quickjs-emscripten-core').QuickJSContext} */ #context;
  #memory;
  #snapshot;
  /** What makes a world, and what of it is the same for every run. */ #make;
  /** @type {Handle[]} */ #given;
  /** @type {Record<string, Handle>} */ #handles = {};
  /** @type {Record<string, { view: any, place: number }>} */ #tables = {};
  /** @type {import('../vm/kernel.js').HostDoor} */ #door = /** @type {any} */ (undefined);
  /** Of the run. */ #isOver = () => false;
  #isAsMade = true;
  #isInside = false;

  /**
   * @param {import('quickjs-emscripten-core').QuickJSWASMModule} quickjs
   * @param {string} vm the source of ../vm/main.js, bundled: an expression
   */
  constructor(quickjs, vm) {
    const runtime = quickjs.newRuntime({ memoryLimitBytes: LIMITS.bytes, maxStackSizeBytes: STACK_BYTES });
    runtime.setInterruptHandler(() => this.#isOver());
    this.#context = runtime.newContext();
    this.#make = this.#value(this.#context.evalCode(vm, 'vm'));
    this.#given = [this.#makeDoor(), ...Object.keys(TABLES).map((name) => this.#makeTable(name))];
    this.#memory = quickjs.getWasmMemory();
    this.#snapshot = new Snapshot(this.#memory);
  }

  /** What is called in the run's door, with and for strings and numbers. */
  #makeDoor() {
    const context = this.#context;
    const object = context.newObject();
    for (const name of DOOR) {
      const handle = context.newFunction(name, (...values) => {
        const answer = /** @type {any} */ (this.#door)[name](...values.map((value) => context.dump(value)));
        return typeof answer === 'number' ? context.newNumber(answer) : context.undefined;
      });
      context.setProp(object, name, handle);
      handle.dispose();
    }
    return object;
  }

  /** @param {string} name @returns {Handle} */
  #makeTable(name) {
    const { length, Type } = TABLES[/** @type {keyof typeof TABLES} */ (name)];
    const bytes = length * Type.BYTES_PER_ELEMENT;
    // What the library has for this copies; these are its own parts, so that both sides see the same bytes.
    const { memory, ffi, ctx } = /** @type {any} */ (this.#context);
    const place = memory.newHeapBufferPointer(new Uint8Array(bytes)).value.pointer;
    this.#tables[name] = { view: new Type(0), place };
    return memory.heapValueHandle(ffi.QTS_NewArrayBuffer(ctx.value, place, bytes));
  }

  /**
   * Makes the world of a run.
   *
   * @param {import('../vm/kernel.js').HostDoor} door what the VM may call
   * @param {Record<string, any>} options for the VM
   * @param {() => boolean} isOver asked often, while the VM runs: is it to be broken off?
   */
  begin(door, options, isOver) {
    this.#door = door;
    this.#isOver = () => false;
    if (!this.#isAsMade) this.#snapshot.restore();
    this.#isAsMade = false;
    this.#enter((context) => {
      const settings = this.#value(context.evalCode(`(${JSON.stringify(options)})`));
      const [doorHandle, ...tables] = this.#given;
      const world = this.#value(context.callFunction(this.#make, context.undefined, doorHandle, settings, ...tables));
      for (const name of ['load', 'run', 'checkpoint', 'call', 'goOn', 'emit'])
        this.#handles[name] = context.getProp(world, name);
      for (const handle of [settings, world]) handle.dispose();
    });
    this.#isOver = isOver;
  }

  /** Goes into the VM, and comes back, unless its host crashed: then it is in the middle of something.
   * @template T @param {(context: import('quickjs-emscripten-core').QuickJSContext) => T} work */
  #enter(work) {
    this.#isInside = true;
    const result = work(this.#context);
    this.#isInside = false;
    return result;
  }

  /** Is the module of no more use? */
  get isSpent() {
    return this.#isInside || this.#memory.buffer.byteLength > KEPT_BYTES;
  }

  /** @param {any} result */
  #value(result) {
    if (result.error) throw this.#error(result.error);
    return result.value;
  }

  /** @param {Handle} handle of what was thrown */
  #error(handle) {
    const error = this.#context.dump(handle);
    handle.dispose();
    return new EngineError(error);
  }

  /** A table that both sides see; good until the VM runs again. @template {keyof typeof TABLES} T @param {T} name
   * @returns {InstanceType<(typeof TABLES)[T]['Type']>} */
  table(name) {
    const table = this.#tables[name];
    if (table.view.length === 0) {
      const { length, Type } = TABLES[name];
      table.view = new Type(this.#memory.buffer, table.place, length);
    }
    return table.view;
  }

  /** The program. @param {string} code an expression @param {string} file */
  load(code, file) {
    const program = this.#value(this.#enter((context) => context.evalCode(code, file)));
    this.#call('load', [program]);
  }

  /** Calls a function of the VM's. False when it was broken off. @param {string} name @param {string[]} strings */
  call(name, ...strings) {
    return this.#call(
      name,
      strings.map((string) => this.#context.newString(string)),
    );
  }

  /** @param {string} name @param {Handle[]} given */
  #call(name, given) {
    const result = this.#enter((context) => context.callFunction(this.#handles[name], context.undefined, ...given));
    for (const handle of given) handle.dispose();
    if (!result.error) {
      result.value.dispose();
      return true;
    }
    const error = this.#error(result.error);
    if (error.isInterruption) return false;
    throw error;
  }
}
