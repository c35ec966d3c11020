// Builds what others put into their pages: dist/embed/doorbell.js, one classic script; and, when asked to, the npm
// package into build/package/. Without minifying in the package: whoever bundles it does that.
//
//     node web/package/build.mjs [package]
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { classic, figures, standaloneSheets, unindentTemplates, wasmInside, web, workerAsText } from '../plugins.mjs';
import { manifestOf } from './manifest.mjs';

const here = join(web, 'package');
const out = join(web, '../build/package');
const embed = join(web, '../dist/embed');
const plugins = [wasmInside, standaloneSheets, figures, unindentTemplates, workerAsText];
const ELEMENTS = ['io-multiplexer-demo', 'event-loop-demo'];

const buildScript = (outfile) => build({ ...classic, entryPoints: [join(here, 'classic.js')], plugins, outfile });

/** @param {object} manifest */
async function buildModules(manifest) {
  await rm(out, { recursive: true, force: true });
  await build({
    ...classic,
    minify: false,
    format: 'esm',
    splitting: true,
    external: ['lit', 'lit/*'],
    entryPoints: ['index', ...ELEMENTS].map((name) => join(here, `${name}.js`)),
    chunkNames: 'chunks/[name]-[hash]',
    plugins,
    outdir: out,
  });
  execFileSync(join(web, 'node_modules/.bin/tsc'), ['-p', here], { stdio: 'inherit' });
  const { version, license, dependencies } = JSON.parse(await readFile(join(web, 'package.json'), 'utf8'));
  const own = JSON.parse(await readFile(join(here, 'package.json'), 'utf8'));
  const text = JSON.stringify({ ...own, version, license, dependencies: { lit: `^${dependencies.lit}` } }, null, 2);
  await writeFile(join(out, 'package.json'), text);
  await writeFile(join(out, 'custom-elements.json'), JSON.stringify(manifest, null, 2));
  await copyFile(join(here, 'README.md'), join(out, 'README.md'));
  await copyFile(join(web, '../LICENSE'), join(out, 'LICENSE'));
}

await mkdir(embed, { recursive: true });
await buildScript(join(embed, 'doorbell.js'));
if (process.argv[2] === 'package') {
  await buildModules(manifestOf(here, ELEMENTS));
  await copyFile(join(embed, 'doorbell.js'), join(out, 'doorbell.js'));
}
