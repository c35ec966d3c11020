// Programs in the real Node: each as the main script of a process of its own, in a folder of its own that is empty.
import { execFile } from 'node:child_process';
import { newFolder } from '../engines/drivers/browser.mjs';

const AT_ONCE = 2; // processes
const LIMIT_MS = 20_000; // of a program, on a machine that is busy

/**
 * @typedef {object} Outcome  what of a program can be compared
 * @property {string} stdout
 * @property {string} stderr  what the program wrote there, and the first line of the error that ended it
 * @property {number} status
 */

/**
 * Standard error without what only Node says there: the place in the source and the stack of the error that ended the
 * program, its version, its warnings.
 * @param {string} text
 */
export function plainError(text) {
  const kept = [];
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    // A place: `file:line`, the line, a caret under it.
    const isFrame = /^(?:file:\/\/|node:|\/)\S*:\d+$/.test(lines[i]) && /^\s*\^+$/.test(lines[i + 2] ?? '');
    if (isFrame) {
      kept.push(lines.slice(i + 3).find((line) => line !== ''));
      break;
    }
    if (!/^(?:\(node:\d+\) |\(Use `node )/.test(lines[i])) kept.push(lines[i]);
  }
  return kept.join('\n').trim();
}

/** Lines of a stack name places, which differ from one machine to the next. @param {string} text */
export const withoutStacks = (text) => text.replace(/^ +at .*\n/gm, '');

/** Runs a program. @param {string} file @param {string[]} [words] options of Node @returns {Promise<Outcome>} */
function runOne(file, words = []) {
  const { folder, remove } = newFolder();
  return new Promise((resolve) => {
    execFile(process.execPath, [...words, file], { cwd: folder, timeout: LIMIT_MS }, (error, stdout, stderr) => {
      remove();
      const status = error ? (typeof error.code === 'number' ? error.code : `ended by ${error.signal}`) : 0;
      resolve({ stdout: withoutStacks(stdout), stderr: plainError(stderr), status });
    });
  });
}

let running = 0;
/** @type {(() => void)[]} */
const waiting = [];

/** Runs a program as soon as there is room for another process. @returns {Promise<Outcome>} */
export async function inRealNode(file, words) {
  if (running === AT_ONCE) await new Promise((resolve) => waiting.push(resolve));
  else running++;
  try {
    return await runOne(file, words);
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}
