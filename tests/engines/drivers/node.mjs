// The Node that runs this.
import { execFile, fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { newFolder } from './browser.mjs';

/** Many programs in one process, each begun in a callback. */
export async function openNode() {
  const runner = fileURLToPath(new URL('node-runner.mjs', import.meta.url));
  const child = fork(runner, { execArgv: ['--no-warnings'] }); // of rejections that are handled late
  const ended = new Promise((_, reject) => child.once('exit', (code) => reject(new Error(`Node ended with ${code}`))));
  ended.catch(() => {}); // it may end when it is told to
  return {
    name: 'Node',
    version: process.version,
    run(programs) {
      child.send(programs);
      return Promise.race([ended, new Promise((resolve) => child.once('message', resolve))]);
    },
    close: async () => child.disconnect(),
  };
}

/** Each program as the main script of a process of its own: a file as a learner saves it. None of them may be
 * busy(). */
export async function openNodeMain() {
  const preload = fileURLToPath(new URL('note-lateness.cjs', import.meta.url));
  const { folder, remove } = newFolder();
  const file = join(folder, 'program.cjs');
  return {
    name: 'Node, main script',
    version: process.version,
    standsAlone: true,
    async run(programs) {
      const runs = [];
      for (const program of programs) {
        writeFileSync(file, program);
        const run = promisify(execFile)(process.execPath, ['--require', preload, file]);
        const { stdout, stderr, code = 0 } = await run.catch((error) => error); // of a process that ended itself
        const late = Number(/^late (.*)$/m.exec(stderr)[1]);
        runs.push({ names: stdout.trim().split('\n'), late, ended: 'done', status: code });
      }
      return runs;
    },
    close: async () => remove(),
  };
}
