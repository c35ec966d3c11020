// All of the programs here.
import { PROGRAMS as asyncFunctions } from './async-functions.mjs';
import { PROGRAMS as asyncIteration } from './async-iteration.mjs';
import { PROGRAMS as modules } from './modules.mjs';
import { PROGRAMS as promises } from './promises.mjs';

export const PROGRAMS = [...asyncFunctions, ...promises, ...asyncIteration, ...modules];
