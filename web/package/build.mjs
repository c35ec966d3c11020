// Builds the npm package into build/package/: modules that are not minified, for whoever bundles them does that, with
// their types and the manifest of their elements; and the classic scripts. The file to install is beside it.
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { appendFile, copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { classic, web } from '../plugins.mjs';
import { manifestOf } from './manifest.mjs';
import { buildScripts, standalone } from './script.mjs';

const here = join(web, 'package');
const out = join(web, '../build/package');
const ELEMENTS = ['io-multiplexer-demo', 'event-loop-demo', 'event-loop-playground'];

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

await rm(out, { recursive: true, force: true });
const { metafile } = await build({
  ...classic,
  minify: false,
  format: 'esm',
  splitting: true,
  external: ['lit', 'lit/*'],
  entryPoints: ['index', ...ELEMENTS].map((name) => join(here, `${name}.js`)),
  chunkNames: 'chunks/[name]-[hash]',
  plugins: standalone,
  metafile: true,
  outdir: out,
});
const manifest = manifestOf(here, ELEMENTS, metafile.inputs);
await buildScripts(out);

execFileSync(join(web, 'node_modules/.bin/tsc'), ['-p', here], { stdio: 'inherit' });
for (const { declarations } of manifest.modules) {
  const [{ name, tagName }] = declarations;
  await appendFile(
    join(out, `types/package/${tagName}.d.ts`),
    `declare global {\n  interface HTMLElementTagNameMap {\n    '${tagName}': ${name};\n  }\n}\n`,
  );
}

const { version, license, dependencies } = JSON.parse(await readFile(join(web, 'package.json'), 'utf8'));
const own = JSON.parse(await readFile(join(here, 'package.json'), 'utf8'));
await writeFile(
  join(out, 'package.json'),
  json({ ...own, version, license, dependencies: { lit: `^${dependencies.lit}` } }),
);
await writeFile(join(out, 'custom-elements.json'), json(manifest));
await copyFile(join(here, 'README.md'), join(out, 'README.md'));
await copyFile(join(web, '../LICENSE'), join(out, 'LICENSE'));
execFileSync('npm', ['pack', '--silent', '--pack-destination', '..'], { cwd: out });
