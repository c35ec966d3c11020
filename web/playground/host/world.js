// @ts-check
/**
 * What happens outside a program, and what it finds there. The program's own comments say so, each on a line that
 * begins with `//@`; so whoever has the program has its world too.
 *
 *     //@ click #save at 20 ms                         any event; of a name, .class, #id, of document or window
 *     //@ reply /user after 30 ms {"name":"Ann"}       what fetch gets, as it stands; nothing when there is none
 *     //@ reply /user after 30 ms status 404 no such user
 *     //@ reply /user after 30 ms fails
 *     //@ file notes.txt first line\nsecond line
 *
 * @typedef {{ type: string, target: string, at: number }} Happening  at: milliseconds
 * @typedef {{ delay: number, status?: number, body?: string, fails?: boolean }} Reply
 * @typedef {{ happenings: Happening[], replies: Record<string, Reply>, files: Record<string, string> }} World
 */
import { ProgramSyntaxError } from '../lower/parse.js';
import { SAMPLES } from './samples.js';

const LINE = /^[ \t]*\/\/@[ \t]*(.*?)[ \t]*$/gm;
const EVENT = /^([a-z]+) (document|window|[#.]?[\w-]+) at (\d+(?:\.\d+)?)(?: ?ms)?$/;
const REPLY = /^reply (\S+) after (\d+(?:\.\d+)?)(?: ?ms)?(?: (fails)| status ([1-5]\d\d))?(?:$| (.*)$)/;
const FILE = /^file (\S+)(?: (.*))?$/;

/** @param {string} source @param {string} host @returns {World} */
export function worldOf(source, host) {
  /** @type {World} */ const world = { happenings: [], replies: {}, files: {} };
  for (const { index, 1: text } of source.matchAll(LINE)) {
    const line = source.slice(0, index).split('\n').length;
    const [kind, add] = said(text, world);
    const wrong = (/** @type {string} */ message) => new ProgramSyntaxError(message, { line, column: 0 });
    if (!kind) {
      const samples = Object.values(SAMPLES).map(({ text }) => text);
      throw wrong(`this says nothing of the world around the program; write ${samples.join(', or ')}`);
    }
    const { host: its, text: sample } = SAMPLES[kind];
    if (its !== host) throw wrong(`${sample.split(' ')[1]} is for host ${its}`);
    add();
  }
  return world;
}

/** What a line says. @param {string} text @param {World} world @returns {[keyof typeof SAMPLES | '', () => void]} */
function said(text, { happenings, replies, files }) {
  const reply = REPLY.exec(text);
  if (reply) {
    const [, address, delay, fails, status = '200', body = ''] = reply;
    return ['reply', () => (replies[address] = { delay: +delay, fails: !!fails, status: +status, body })];
  }
  const file = FILE.exec(text);
  if (file) return ['file', () => (files[file[1]] = (file[2] ?? '').replaceAll('\\n', '\n'))];
  const event = EVENT.exec(text);
  if (event) return ['event', () => happenings.push({ type: event[1], target: event[2], at: +event[3] })];
  return ['', () => {}];
}
