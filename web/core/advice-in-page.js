// @ts-check
import loadProblems from 'later:problem.wasm';
import { loadAdvice } from './advice.js';
import { unpack } from './in-page.js';

/** What has advice for whoever writes a scenario; it comes when it is first asked for. */
export const advice = loadProblems().then(unpack).then(loadAdvice);
