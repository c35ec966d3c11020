// Random programs in the real Node, many in one process (many-here.mjs): they wait for each other.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** @typedef {import('./many-here.mjs').Run} Run */

/** Opens as many processes, which share the programs. */
export function openMany(processes = 2) {
  const runner = fileURLToPath(new URL('many-here.mjs', import.meta.url));
  const children = Array.from({ length: processes }, () => {
    // No warnings of rejections that are handled late. JSON has no Infinity.
    const child = fork(runner, { execArgv: ['--no-warnings'], serialization: 'advanced' });
    const ended = new Promise((_, reject) =>
      child.once('exit', (code) => reject(new Error(`Node ended with ${code}`))),
    );
    ended.catch(() => {}); // it may end when it is told to
    return { child, ended };
  });
  return {
    name: `Node ${process.version}`,
    /** @param {string[]} programs @returns {Promise<Run[]>} */
    async run(programs) {
      /** @type {Run[]} */
      const runs = [];
      await Promise.all(
        children.map(async ({ child, ended }, c) => {
          const own = programs.map((_, i) => i).filter((i) => i % processes === c);
          if (own.length === 0) return;
          child.send(own.map((i) => programs[i]));
          const answers = await Promise.race([ended, new Promise((resolve) => child.once('message', resolve))]);
          own.forEach((i, k) => (runs[i] = answers[k]));
        }),
      );
      return runs;
    },

    close() {
      for (const { child } of children) child.disconnect();
    },
  };
}
