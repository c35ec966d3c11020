// What makes the site one that can be installed, and read without a network: the manifest, the icon, and the service
// worker, which keeps all files that are there when it is written.
import { transform } from 'esbuild';
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { iconPng, iconSvg } from './icon.mjs';

const LEFT_OUT = /^(?:embed|offline|service-worker\.js)/; // for other people's pages, for a disk, and itself
const ICONS = [192, 512];

const hash = (bytes) => `sha256-${createHash('sha256').update(bytes).digest('base64')}`;

/** Writes the service worker of a site. @param {string} site its folder */
export async function writeWorker(site) {
  const entries = await readdir(site, { withFileTypes: true, recursive: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath ?? entry.path, entry.name)
        .slice(site.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => !LEFT_OUT.test(path))
    .sort();
  const files = await Promise.all(paths.map(async (path) => [path, hash(await readFile(join(site, path)))]));
  const FILES = JSON.stringify(Object.fromEntries(files));
  const VERSION = JSON.stringify(hash(FILES).slice(7, 23));
  const source = await readFile(new URL('service-worker.js', import.meta.url), 'utf8');
  const { code } = await transform(source, { define: { FILES, VERSION }, minify: true });
  await writeFile(join(site, 'service-worker.js'), code);
}

/** @param {string} site its folder */
export async function makeInstallable(site) {
  const tokens = await readFile(new URL('../styles/tokens.css', import.meta.url), 'utf8');
  const color = /--bg: light-dark\(.+, (.+)\);/.exec(tokens)?.[1]; // the night's
  const png = (dots) => `assets/icon-${dots}.png`;
  for (const dots of ICONS) await writeFile(join(site, png(dots)), iconPng(dots));
  await writeFile(join(site, 'assets/icon.svg'), iconSvg);
  const icons = [
    { src: 'assets/icon.svg', type: 'image/svg+xml', sizes: 'any', purpose: 'any maskable' },
    ...ICONS.map((dots) => ({ src: png(dots), type: 'image/png', sizes: `${dots}x${dots}`, purpose: 'any maskable' })),
  ];
  const manifest = {
    name: 'Doorbell: I/O multiplexing and the event loop',
    short_name: 'Doorbell',
    start_url: 'index.html',
    scope: './',
    display: 'minimal-ui',
    background_color: color,
    theme_color: color,
    icons,
  };
  await writeFile(join(site, 'manifest.webmanifest'), JSON.stringify(manifest));
  await writeWorker(site);
}
