// Loaded before a main script that holds the thread nowhere: notes by how many milliseconds it is behind one that nothing
// else holds up, at the worst place, and tells so at the end. (run-here.js does it for a program that begins in a
// callback.)
const { writeSync } = require('node:fs');

const pending = new Set(); // tasks that will still come
let free = 0; // until when the thread is known to have been at work; 0 until the first task is queued
let behind = 0; // by how many milliseconds the callback that runs is late
let late = 0; // at the worst place

/** The thread was at work until now, which should have taken no time. */
function work() {
  const now = performance.now();
  if (free > 0) behind += now - free;
  late = Math.max(late, behind);
  free = now;
}

/** A task begins: since when might it, or another, have done so? */
function begin(task, callback) {
  const first = Array.from(pending).reduce((a, b) => (b.due < a.due ? b : a));
  pending.delete(task);
  if (first.due > free) {
    behind = first.behind; // it slept until then, and is as late as who set the time
    free = first.due;
  }
  work();
  callback();
  work();
}

/** What queues a task, and is told to wait for so many milliseconds at least. */
function watched(queue, least) {
  return (callback, ms = 0) => {
    work();
    const task = { due: free + Math.max(Math.trunc(ms), least), behind };
    pending.add(task);
    queue(() => begin(task, callback), ms);
  };
}

globalThis.setTimeout = watched(setTimeout, 1);
globalThis.setImmediate = watched(setImmediate, 0);
process.on('exit', () => writeSync(2, `late ${late}\n`));
