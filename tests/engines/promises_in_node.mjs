// Runs programs with this engine's own promises, and says in which order they logged.
//
// Standard input: a JSON array of programs, each the source of a function of `log` and `later`. Standard output: for
// each { rows, unhandled }. `later(ms, callback)` is a setTimeout on a clock of its own, which jumps: nothing here
// waits for real time, and each of its callbacks is a task, with the engine's own microtasks after it.
import { readFileSync } from 'node:fs';

const programs = JSON.parse(readFileSync(0, 'utf8'));
const results = [];
let program;

process.on('unhandledRejection', (reason, promise) => program.unhandled.push(promise));

function start(source) {
  const tasks = [];
  let now = 0;
  program = { rows: [], unhandled: [], names: new Map() };
  const log = (row) => program.rows.push(row);
  const later = (ms, callback) => {
    const at = tasks.findIndex(({ time }) => time > now + ms);
    tasks.splice(at < 0 ? tasks.length : at, 0, { time: now + ms, callback });
  };
  const named = (name, promise) => {
    program.names.set(promise, name);
    return promise;
  };
  later(0, () => new Function('log', 'later', 'named', source)(log, later, named));
  const next = () => {
    if (tasks.length === 0) return finish();
    const { time, callback } = tasks.shift();
    now = time;
    setImmediate(next);
    callback();
  };
  next();
}

function finish() {
  const { rows, unhandled, names } = program;
  results.push({ rows, unhandled: unhandled.map((promise) => names.get(promise)) });
  if (results.length === programs.length) {
    process.stdout.write(JSON.stringify(results));
  } else {
    start(programs[results.length]);
  }
}

start(programs[0]);
