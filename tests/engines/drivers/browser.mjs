// What the drivers of browsers share.
//
// A driver opens an engine on an empty page and answers with
//     { name, version, evaluate(expression), close() }
// where `expression` is JavaScript whose value, or whose promise's value, can be written as JSON. For the tests of the
// pages Firefox and WebKit can be launched with a look (theme, motion). Such a browser answers with
//     { newTab(), downloads, close() }
// where what is downloaded comes into that folder; and a tab, whose storage is its own, with
//     { evaluate(expression), goto(url), back(), perform(actions), resize(width, height), screenshot(), frame(),
//       beside(), close() }
// where `actions` are those of WebDriver, and a screenshot is a PNG in base64; frame() has evaluate and perform of the
// frame in the page, and beside() is one more tab on the same storage.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The packages of web/, which the tests use too. */
export const require = createRequire(new URL('../../../web/package.json', import.meta.url));

/** A new, empty folder, and how to be rid of it. */
export function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'doorbell-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** A port that nobody uses now. */
export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const TO_END = 5_000; // milliseconds

/** Ends a process that was started `detached`, with all that it started; by force, if it takes its time. */
export function endGroup(child) {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const timer = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), TO_END);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    process.kill(-child.pid);
  });
}
