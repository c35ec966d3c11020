// Runs programs one after another in one process, each begun by an immediate: what comes next is then the timers phase,
// as it is after a main script. Sockets are pipes to the ringer.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { runHere } from '../../../web/javascript/run-here.js';

const PIPES = 8; // more messages than a program has

const now = () => Number(process.hrtime.bigint()) / 1e6;
const stdio = ['pipe', 'inherit', 'inherit', ...Array(PIPES).fill('pipe')];
const ringer = spawn(process.execPath, [fileURLToPath(new URL('ringer.mjs', import.meta.url))], { stdio });
const ringerIsUp = once(ringer.stdio[3], 'data');

/** Sockets of one run: each message has a pipe of its own. */
function sockets() {
  let begun;
  let messages = 0;
  return (ms, callback) => {
    begun ??= now();
    if (messages === PIPES) throw new Error(`more than ${PIPES} messages in one program`);
    const descriptor = 3 + messages++;
    ringer.stdio[descriptor].once('data', (late) => callback(Number(late)));
    ringer.stdin.write(`${descriptor} ${begun + ms}\n`);
  };
}

process.on('unhandledRejection', () => {});
process.on('message', async (programs) => {
  await ringerIsUp;
  const runs = [];
  for (const program of programs) runs.push(await runHere(program, { start: setImmediate, socket: sockets() }));
  process.send(runs);
});
process.on('disconnect', () => {
  ringer.kill();
  process.exit();
});
