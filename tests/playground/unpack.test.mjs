// What the build packs comes out of the page's unpacking as it was.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { unpack } from '../../web/playground/player/unpack.js';
import { fc, replayable } from '../random.mjs';

const ofWeb = createRequire(new URL('../../web/package.json', import.meta.url));
const { compress } = await import(ofWeb.resolve('lzma1'));

const unpacker = new WebAssembly.Module(readFileSync(new URL('../../build/wasm/unpack.wasm', import.meta.url)));

const same = (/** @type {Uint8Array} */ bytes) =>
  assert.ok(Buffer.from(unpack(unpacker, Uint8Array.from(compress(bytes, 9)))).equals(Buffer.from(bytes)));

test('bytes of any kind, those that repeat near and far among them', (t) => {
  const piece = fc.uint8Array({ minLength: 1, maxLength: 40 });
  const repeated = fc.array(fc.tuple(fc.nat(5), fc.nat(600)), { maxLength: 60 });
  fc.assert(
    fc.property(fc.array(piece, { minLength: 6, maxLength: 6 }), repeated, (pieces, list) => {
      same(
        Uint8Array.from(
          list.flatMap(([which, times]) =>
            Array(times)
              .fill([...pieces[which]])
              .flat(),
          ),
        ),
      );
    }),
    replayable(t, 60),
  );
});

test('the modules that the playground is made of', () => {
  same(readFileSync(new URL('../../build/wasm/play.wasm', import.meta.url)));
  same(readFileSync(ofWeb.resolve('@jitl/quickjs-wasmfile-release-sync/wasm')));
});
