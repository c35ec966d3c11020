// @ts-check
// For whoever writes a scenario: what is wrong with it, what would be right, how a line is written. All of it is
// core/wasm/problem.c's, a module of its own.
import { Instance } from './doorbell.js';

/** The one who has advice, of both lessons. */
export class Advice {
  #instance;

  /** @param {WebAssembly.Module} module */
  constructor(module) {
    this.#instance = new Instance(module);
  }

  /** The string that a question leads to, if there is one. @param {string} question @param {number[]} numbers */
  #ask(question, ...numbers) {
    const place = this.#instance.ask(question, ...numbers);
    return place ? this.#instance.string(place) : undefined;
  }

  /**
   * What is wrong, and the lines that would be right in the place of the one that is wrong, if that can be said.
   *
   * @param {Instance} lesson whose scenario it is @param {any} table its problems @param {number} i
   */
  about(lesson, table, i) {
    const instance = this.#instance;
    instance.ask('teller', lesson.describe().kinds.length);
    const copy = (/** @type {number} */ from, /** @type {number} */ length, /** @type {number} */ to) =>
      new Uint8Array(instance.view.buffer, to, length).set(new Uint8Array(lesson.view.buffer, from, length));
    const length = Math.min(table['text.length'].at(i), instance.ask('room'));
    copy(table.at + i * table.stride, table.stride, instance.ask('problem'));
    copy(table['text.start'].at(i), length, instance.ask('line'));
    const isElsewhere = instance.ask('elsewhere') === 1;
    return { message: this.#ask('sentence') ?? '', cure: this.#ask('cure'), isElsewhere };
  }

  /**
   * How a line is written that starts with a word (core/model/scenario/usage.h); nothing where the word does not fit.
   *
   * @param {number} kind @param {number} host @param {number} under as in core/model/scenario/words.h
   * @param {unknown[]} kinds of the module that they are numbers in
   */
  usage(kind, host, under, kinds) {
    this.#instance.ask('teller', kinds.length);
    return this.#ask('usage', kind, host, under);
  }
}

/** @param {BufferSource} bytes the module */
export async function loadAdvice(bytes) {
  return new Advice(await WebAssembly.compile(bytes));
}
