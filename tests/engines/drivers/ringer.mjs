// Rings: writes a byte to a pipe at a time that it is told, from outside of the process whose event loop is watched.
// What it writes is by how many milliseconds it is late. A line of its input is "DESCRIPTOR TIME", the time in
// milliseconds of the clock that all processes share.
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';

const now = () => Number(process.hrtime.bigint()) / 1e6;

const waiting = []; // descriptors and times, the next one first; equal times in the order of their lines

function ringNext() {
  const [descriptor, time] = waiting.shift();
  while (now() < time);
  writeSync(descriptor, `${now() - time}`);
}

createInterface(process.stdin).on('line', (line) => {
  const [descriptor, time] = line.split(' ').map(Number);
  waiting.push([descriptor, time]);
  waiting.sort(([, a], [, b]) => a - b);
  setTimeout(ringNext, time - now() - 2); // a timer is too coarse: it only comes near
});
writeSync(3, '.'); // it is up
