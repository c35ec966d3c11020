// Between the work and its promise lie jobs of Node's own, which are seen where an error has kept others waiting.
// Source: Node.js, lib/internal/fs/promises.js: open, handleFdClose, handleErrorFromBinding; readFile, writeFile, stat
const { stat, promises } = require('node:fs');
const CALLS = {
  stat: () => promises.stat(__filename),
  'stat of none': () => promises.stat('none'),
  'access of none': () => promises.access('none'),
  readFile: () => promises.readFile(__filename, 'utf8'),
  'readFile of none': () => promises.readFile('none'),
  'readFile of a folder': () => promises.readFile(__dirname),
  'writeFile in none': () => promises.writeFile('none/file', 'text'),
  'appendFile in none': () => promises.appendFile('none/file', 'text'),
};
const names = Object.keys(CALLS);
const wait = (ms, end = performance.now() + ms) => {
  while (performance.now() < end);
};
let jobs, waits;
process.on('uncaughtException', () => {});

/** Comes before each trip that the call makes, and throws. */
function leaveJobs() {
  if (waits) stat(__filename, leaveJobs);
  wait(1); // so that it is done before the call's next trip
  setImmediate(wait, 2); // and poll finds both
  jobs = 0;
  for (let i = 0, last = Promise.resolve(); i < 30; i++) last = last.then(() => jobs++);
  throw 'jobs are left';
}
(function next() {
  const name = names.shift();
  if (!name) return;
  waits = true;
  stat(__filename, leaveJobs);
  wait(2);
  const settled = () => console.log(name, jobs);
  CALLS[name]()
    .then(settled, settled)
    .then(() => setTimeout(next, 5, (waits = false)));
  wait(5);
})();
