// Serves dist/ to this machine alone, on the first free port from 8000 on, until it is interrupted.
import { context } from 'esbuild';
import { fileURLToPath } from 'node:url';

const pages = await context({});
const { port } = await pages.serve({ host: '127.0.0.1', servedir: fileURLToPath(new URL('../dist', import.meta.url)) });
console.log(`The lessons are at http://localhost:${port}/ (Ctrl-C ends this)`);
