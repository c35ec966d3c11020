// @ts-check
// What a server's messages wait for, in words.
import { number } from '../player/labels.js';
import { count, time } from './amounts.js';

/** @typedef {import('../../core/scale.js').Load} Load @typedef {import('../../core/scale.js').Crew} Crew */
/** @typedef {import('../../core/scale.js').Served} Served */

/** @param {number} us */
export const fromUs = (us) => time(us * 1000);

/** What the server is. @param {string} server @param {Crew} crew */
export function serverInWords(server, { workers, slice }) {
  switch (server) {
    case 'loop':
      return 'One thread waits for all, and handles each message itself.';
    case 'pool':
      return `One thread waits for all, and hands each message to ${count(workers, 'worker')} through a queue. A worker that is done writes to an eventfd; the wait finds that ready, like a socket.`;
    default:
      return `Each connection has a thread. When more of them have work than there are cores, they take turns: each has a core for ${fromUs(slice)}, then goes to the end of the line.`;
  }
}

/** What grows when more comes than can be handled. @param {string} server @param {number} rate @param {number} most */
function tooMuch(server, rate, most) {
  const handled = Math.floor(most);
  const who = server === 'threads' ? 'threads wait in the line' : 'messages wait in the queue';
  return `Too much: ${number(rate)} come in a second, ${number(handled)} can be handled. So each second ${number(rate - handled)} more ${who}.`;
}

/**
 * Who waited, and for what.
 *
 * @param {string} server @param {Served} served @param {Load} load @param {Crew} crew
 */
export function lackInWords(server, { lack, most, queue, line }, { rate }, { workers, slice }) {
  if (lack === 'time') return tooMuch(server, rate, most);
  const queued = `up to ${count(queue, 'message waits', 'messages wait')} in the queue`;
  switch (server) {
    case 'loop':
      if (lack === 'none') return 'Nobody waits: each message is done before the next one comes.';
      return `One at a time, quick or slow: ${queued} for those before them.`;
    case 'pool': {
      if (lack === 'none') return 'Nobody waits: whenever a message comes, a worker is free, and a core for it.';
      const lined = `up to ${count(line, 'worker waits', 'workers wait')} for a core`;
      if (lack === 'core') return `A worker is always free, but ${lined}.`;
      const busy = workers === 1 ? 'The worker is' : `All ${number(workers)} workers are`;
      return `${busy} busy at times: ${queued}.${line > 0 ? ` And ${lined}.` : ''}`;
    }
    default:
      if (lack === 'none') return 'Nobody waits: whenever a message comes, a core is free for its thread.';
      return `No message waits for a thread. But up to ${count(line, 'thread waits', 'threads wait')} for a core; whoever has had one for ${fromUs(slice)} makes room.`;
  }
}
