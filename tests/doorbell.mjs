// What the tests in Node share: the core as WebAssembly, as the pages load it.
import { readFileSync } from 'node:fs';
import { loadAdvice } from '../web/core/advice.js';
import { loadDoorbell } from '../web/core/doorbell.js';
import { moreMessages } from '../web/elements/player/more-messages.js';

/**
 * A module's bytes; without them, how to get them.
 *
 * @param {'multiplexer' | 'traffic' | 'loop' | 'problem' | 'scale'} name
 */
export function wasmBytes(name) {
  try {
    return readFileSync(new URL(`../build/wasm/${name}.wasm`, import.meta.url));
  } catch {
    throw new Error(`build/wasm/${name}.wasm is not there yet: run \`make wasm\` first`);
  }
}

/** Lesson 4's core, the one that runs all that the command does, and lesson 5's; they say what is wrong in words. */
export const multiplexer = await loadDoorbell(wasmBytes('multiplexer'));
export const traffic = await loadDoorbell(wasmBytes('traffic'));
traffic.grow(traffic.module, moreMessages); // as a page has it
export const eventLoop = await loadDoorbell(wasmBytes('loop'));
export const advice = await loadAdvice(wasmBytes('problem'));
multiplexer.learn(advice);
traffic.learn(advice);
eventLoop.learn(advice);

/** All steps of a trace. */
export const stepsOf = (trace) => Array.from({ length: trace.stepCount }, (_, k) => trace.step(k));

/** The names of what ran, in order. */
export const orderOf = (trace) => stepsOf(trace).map(({ statement }) => trace.statements[statement].name);

/** For benchmarks: the same numbers each time. (Tests have random.mjs.) */
export { randomFrom } from '../web/scenario/random.js';
