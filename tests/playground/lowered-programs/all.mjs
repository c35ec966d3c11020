// All of the programs here that this engine runs as the language has it.
import { handsOn } from '../engine.mjs';
import { PROGRAMS as asyncFunctions } from './async-functions.mjs';
import { PROGRAMS as asyncIteration } from './async-iteration.mjs';
import { PROGRAMS as modules } from './modules.mjs';
import { PROGRAMS as parameters } from './parameters.mjs';
import { PROGRAMS as promises } from './promises.mjs';

/** What V8 did in another way, up to the version that awaits what `yield*` hands on. */
const SINCE = new Set([
  '27.6 async generators: return of a promise whose constructor throws',
  '15.5.5 yield*: of an async generator: what it returns, its jobs',
  '15.5.5 yield*: of what has only Symbol.iterator',
  '15.5.5 yield*: throw and return go through',
  '15.5.5 yield*: values are not awaited, as with yield',
]);

export const PROGRAMS = [...asyncFunctions, ...promises, ...asyncIteration, ...parameters, ...modules].filter(
  ({ name }) => handsOn || !SINCE.has(name),
);
