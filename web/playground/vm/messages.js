// @ts-check
/**
 * Posted messages: MessageChannel (HTML 9.4), and window.postMessage (9.3). Each message is a task; each port has a
 * task source of its own (9.4.4, "port message queue"). The core has a few for ports: one is a port's while messages
 * are on their way to it. Of ports that find none left, the messages go with the window's.
 */
import { handlerAttribute } from './event-target.js';
import { ASK } from './kernel.js';
import { list } from './language.js';

/**
 * @param {import('./kernel.js').Kernel} kernel
 * @param {any} web see web.js
 * @param {number} source the window's
 * @param {number[]} free those for ports, the one that has been free for longest first
 * @param {number[]} lines of the program's places
 */
export function makeMessages(kernel, web, source, free, lines) {
  const { Event, EventTarget } = web.globals;
  const { clonedFor, missing, pristine } = web;

  class MessageEvent extends Event {
    #init;
    constructor(/** @type {string} */ type, /** @type {any} */ init = {}) {
      super(type, init);
      this.#init = init;
    }
    get data() {
      return this.#init.data ?? null;
    }
    get origin() {
      return this.#init.origin ?? '';
    }
    get source() {
      return this.#init.source ?? null;
    }
    get ports() {
      return this.#init.ports ?? [];
    }
    get [Symbol.toStringTag]() {
      return 'MessageEvent';
    }
  }

  /** @param {any} target @param {any} init @param {number} its source @param {() => boolean} [comes] as it would */
  const post = (target, init, its, comes = () => true) => {
    const deliver = () => {
      if (comes()) web.fire(target, new MessageEvent('message', init));
    };
    kernel.ask(ASK.EXPECT, 'socket', deliver, '', 'message', 0, its);
  };

  /** By source, who had it last. @type {Record<number, MessagePort>} */
  const lastPorts = Object.create(null);
  const secret = {};
  class MessagePort extends EventTarget {
    #isStarted = false;
    #isClosed = false;
    /** @type {any[]} */ #early = [];
    /** @type {any} */ #other;
    #name; // "port1 (line 3)": where the channel was made
    #source = 0; // of its messages that are on their way,
    #coming = 0; // as many
    constructor(/** @type {any} */ key, /** @type {string} */ name) {
      if (key !== secret) throw new TypeError('Illegal constructor');
      super();
      this.#name = name;
    }
    static join(/** @type {any} */ key, /** @type {any} */ one, /** @type {any} */ two) {
      if (key !== secret) throw new TypeError('Illegal invocation');
      one.#other = two;
      two.#other = one;
    }
    postMessage(/** @type {any} */ message, /** @type {any} */ options) {
      const call = "execute 'postMessage' on 'MessagePort'";
      if (arguments.length === 0) throw missing('', call, 1, 0);
      const init = sent(call, message, options);
      const other = this.#other;
      if (this.#isClosed || other.#isClosed) return;
      if (other.#isStarted) other.#expect(init);
      else list.push(other.#early, init);
    }
    #expect(/** @type {any} */ init) {
      if (this.#coming++ === 0) this.#source = this.#take();
      post(this, init, this.#source, () => {
        if (--this.#coming === 0 && this.#source !== source) list.push(free, this.#source);
        return !this.#isClosed;
      });
    }
    /** A source that is free: the one that this port had, if nobody took it, for its last task may still run. */
    #take() {
      const isBack = lastPorts[this.#source] === this;
      const taken = isBack ? this.#source : (free[0] ?? source);
      if (taken === source) return source;
      let at = 0;
      while (free[at] !== taken) at++;
      list.splice(free, at, 1);
      lastPorts[taken] = this;
      if (!isBack) kernel.namePort(taken, this.#name);
      return taken;
    }
    start() {
      if (this.#isStarted) return;
      this.#isStarted = true;
      const early = list.splice(this.#early, 0);
      for (let i = 0; i < early.length; i++) this.#expect(early[i]);
    }
    /** Another port takes the place of this one (HTML 9.4.3, "transfer steps"). */
    static move(/** @type {any} */ key, /** @type {MessagePort} */ port) {
      if (key !== secret) throw new TypeError('Illegal invocation');
      if (port.#isClosed) throw new web.globals.DOMException('Port at index 0 is already neutered.', 'DataCloneError');
      const moved = new MessagePort(secret, port.#name);
      moved.#early = list.splice(port.#early, 0);
      join(secret, moved, port.#other);
      port.#isClosed = true;
      return moved;
    }
    close() {
      this.#isClosed = true;
    }
    get [Symbol.toStringTag]() {
      return 'MessagePort';
    }
  }
  const { join, move } = MessagePort;
  for (const name of ['join', 'move']) delete (/** @type {any} */ (MessagePort)[name]);

  /** What a message's event has. @param {string} call @param {any} message @param {any} options a list of what is
   * transferred, or an object that has it */
  const sent = pristine.run((call, message, options) => {
    const transfer = [...(options?.[Symbol.iterator] ? options : (options?.transfer ?? []))];
    const ports = transfer.filter((one) => one instanceof MessagePort);
    const others = transfer.filter((one) => !(one instanceof MessagePort));
    return { data: clonedFor(call, message, others), ports: ports.map((port) => move(secret, port)) };
  });

  handlerAttribute(MessagePort.prototype, 'message');
  const own = /** @type {any} */ (Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage'));
  Object.defineProperty(MessagePort.prototype, 'onmessage', {
    ...own,
    set(handler) {
      own.set.call(this, handler);
      this.start(); // HTML 9.4.4: to set it starts the port
    },
  });

  class MessageChannel {
    #port1 = new MessagePort(secret, `port1 (line ${lines[kernel.place]})`);
    #port2 = new MessagePort(secret, `port2 (line ${lines[kernel.place]})`);
    constructor() {
      join(secret, this.#port1, this.#port2);
    }
    get port1() {
      return this.#port1;
    }
    get port2() {
      return this.#port2;
    }
  }

  return {
    MessageEvent,
    MessagePort,
    MessageChannel,
    postMessage(/** @type {any} */ message, /** @type {any} */ target, /** @type {any} */ transfer) {
      const call = "execute 'postMessage' on 'Window'";
      if (arguments.length === 0) throw missing('', call, 1, 0);
      const init = sent(call, message, typeof target === 'object' ? target : transfer);
      post(globalThis, { ...init, source: globalThis, origin: 'null' }, source);
    },
  };
}
