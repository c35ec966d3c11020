// What is not in the playground is said before anything runs, with its place and a cure; what is there, is not.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { absentIn } from '../../web/playground/host/absent.js';

const PROGRAMS = new URL('programs/', import.meta.url);
const namesIn = (source, host = 'node', module = false) => absentIn(source, { host, module }).map(({ name }) => name);

test('a name that a host has, and the playground has not, is told with its place and a cure', () => {
  const [absence] = absentIn('\n  new WebSocket("ws://x")', { host: 'node', module: false });
  assert.deepEqual({ ...absence, cure: '' }, { line: 2, column: 7, name: 'WebSocket', cure: '' });
  assert.notEqual(absence.cure, '');
});

test('members, modules and code as text are told too', () => {
  assert.deepEqual(namesIn('globalThis.fetch("/")'), ['globalThis.fetch']);
  assert.deepEqual(namesIn('process.stdin.on("data", f)'), ['process.stdin']);
  assert.deepEqual(namesIn('require("http")'), ["the module 'http'"]);
  assert.deepEqual(namesIn('import http from "node:http"', 'node', true), ["the module 'node:http'"]);
  assert.deepEqual(namesIn('import("./other.js")', 'browser'), ["the module './other.js'"]);
  assert.deepEqual(namesIn('eval("1"); new Function("return 1")'), ['eval', 'Function of a text']);
  assert.deepEqual(namesIn('document.body.innerHTML = "x"', 'browser'), ['innerHTML']);
});

test('a name of the program’s own, a key, or a question is none of the host’s', () => {
  assert.deepEqual(namesIn('const fetch = async () => 1; fetch()'), []);
  assert.deepEqual(namesIn('function f(URL) { return URL; }'), []);
  assert.deepEqual(namesIn('const { crypto: own } = { crypto: 1 }; ({ Blob: own }).Blob'), []);
  assert.deepEqual(namesIn('if (typeof fetch === "undefined") console.log("none")'), []);
});

test('nothing that the handwritten programs use is absent', () => {
  for (const host of ['node', 'browser']) {
    const folder = new URL(`${host}/`, PROGRAMS);
    for (const name of readdirSync(folder).filter((one) => /\.m?js$/.test(one))) {
      const source = readFileSync(new URL(name, folder), 'utf8');
      assert.deepEqual(absentIn(source, { host, module: name.endsWith('.mjs') }), [], name);
    }
  }
});
