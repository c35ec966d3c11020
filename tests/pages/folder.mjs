// A folder of one's own, as a page's author has one: on the disk, and on a server that is not localhost.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = new URL('../../', import.meta.url);

const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

/**
 * Makes a folder, and serves it until it is stopped.
 *
 * @param {Record<string, string>} files  a copy of what stands in the repository, each under its name here
 * @param {Record<string, string>} [headers]  of every answer
 */
export async function makeFolder(files, headers = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'doorbell-'));
  for (const [name, source] of Object.entries(files))
    await cp(fileURLToPath(new URL(source, root)), join(folder, name), { recursive: true });
  const server = createServer(async ({ url = '' }, response) => {
    const { pathname } = new URL(url, 'http://127.0.0.1');
    try {
      const name = pathname === '/' ? 'index.html' : pathname;
      const bytes = await readFile(join(folder, name));
      const type = TYPES[extname(name)] ?? 'application/octet-stream';
      response.writeHead(200, { ...headers, 'content-type': type }).end(bytes);
    } catch {
      response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end();
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const goAway = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done)); // it may be gone already
  };
  return {
    folder,
    address: `http://127.0.0.1:${port}/`,
    onDisk: (/** @type {string} */ name) => pathToFileURL(join(folder, name)).href,
    write: (/** @type {string} */ name, /** @type {string} */ text) => writeFile(join(folder, name), text),
    read: (/** @type {string} */ name) => readFile(join(folder, name), 'utf8'),
    /** From now on nobody answers at that address. */
    goAway,
    async stop() {
      await goAway();
      await rm(folder, { recursive: true });
    },
  };
}
