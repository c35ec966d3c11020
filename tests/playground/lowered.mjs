// Programs, run as they are and lowered, by run-lowered.mjs: in a process for each way.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const RUNNER = fileURLToPath(new URL('run-lowered.mjs', import.meta.url));

/** A process, which runs until `stop` is called. @param {'native' | 'lowered'} how */
export function runner(how) {
  const child = fork(RUNNER, [how], { execArgv: ['--experimental-vm-modules', '--no-warnings'] });
  return {
    /** @param {import('./lowered-programs/clause.mjs').Program} program @returns {Promise<string[]>} */
    run: (program) =>
      new Promise((resolve, reject) => {
        child.once('message', resolve);
        child.once('exit', (code) => reject(new Error(`the ${how} run ended with ${code}`)));
        child.send(program);
      }).finally(() => child.removeAllListeners()),
    stop: () => child.disconnect(),
  };
}

/** Errors of the language without their words, which depend on how V8 finds the expression again; and, of a program
 * that cannot be read (a line end may end no statement), on whose parser says so. */
export const wordless = (lines) => lines.map((line) => line.replace(/((?:Type|Syntax)Error): .*/, '$1'));

/** Two processes, which run until `stop` is called. */
export function bothWays() {
  const native = runner('native');
  const lowered = runner('lowered');
  return {
    /** @param {import('./lowered-programs/clause.mjs').Program} program */
    async run(program) {
      const [before, after] = await Promise.all([native.run(program), lowered.run(program)]);
      return { native: before, lowered: after };
    },
    stop() {
      native.stop();
      lowered.stop();
    },
  };
}
