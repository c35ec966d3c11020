// What is not in the playground is said before anything runs, with its place and a cure; what is there, is not.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { absentIn, MODULE_NAMES } from '../../web/playground/host/absent.js';
import { openPlayground } from './playground-here.mjs';

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

test('what a module has in Node and not here is told, however the program takes it', () => {
  const told = ['util.isDeepStrictEqual'];
  assert.deepEqual(namesIn("const { isDeepStrictEqual, types } = require('util')"), told);
  assert.deepEqual(namesIn("const util = require('node:util'); util.isDeepStrictEqual(1, 1); util.types"), told);
  assert.deepEqual(namesIn("require('util').isDeepStrictEqual(1, 1)"), told);
  assert.deepEqual(namesIn("import { isDeepStrictEqual as same, inspect } from 'util'", 'node', true), told);
  assert.deepEqual(namesIn("import * as util from 'util'; util.isDeepStrictEqual", 'node', true), told);
  assert.deepEqual(namesIn("import util from 'util'; util.isDeepStrictEqual", 'node', true), told);
  assert.deepEqual(namesIn("const fs = require('fs'); fs.promises.lstat; fs.promises.stat"), ['fs/promises.lstat']);
  assert.deepEqual(namesIn("const util = { a: 1 }; { const util = require('util'); } util.a"), []);
  assert.deepEqual(namesIn("const u = require('util'); u[name]; ({ u }).other; const { ...rest } = u"), []);
  assert.deepEqual(namesIn("const { 'inspect': show, 'isDeepStrictEqual': same } = require('util')"), told);
  assert.deepEqual(
    namesIn("import { 'inspect' as show, 'isDeepStrictEqual' as same } from 'util'", 'node', true),
    told,
  );
});

test('options that are not here are told, where they are given to what knows them', () => {
  const inspect = "const { inspect } = require('util'); console.log(inspect(o, ";
  assert.deepEqual(namesIn(`${inspect}{ colors: true, depth: 0 }))`), ['the option colors']);
  assert.deepEqual(namesIn(`${inspect}{ colors: false, depth: 0 }))`), []);
  assert.deepEqual(namesIn("console.dir(o, { getters: 'get', 'numericSeparator': true })"), [
    'the option getters',
    'the option numericSeparator',
  ]);
  assert.deepEqual(namesIn("paint({ colors: ['red'] }); const own = { colors: 1, ...rest }; f(...own)"), []);
});

test('members that a program gives to its own objects are not taken for those of elements or streams', () => {
  const own = [
    'const list = { prepend(x) {} }; list.prepend(document.body)',
    'class Tree { firstChild = null } new Tree().firstChild = document',
    'class Door { constructor() { this.closed = false; } } new ReadableStream({}); new Door().closed',
  ];
  for (const program of own) assert.deepEqual(namesIn(program, 'browser'), [], program);
  assert.deepEqual(namesIn('const { body } = document; body.dataset.x = 1', 'browser'), ['body.dataset']);
});

test('what streams have, and not here, is told', () => {
  const reader = 'const reader = new ReadableStream({}).getReader(); ';
  assert.deepEqual(namesIn(`${reader}reader.closed.then(f)`, 'browser'), ['reader.closed']);
  assert.deepEqual(namesIn('const [a, b] = new ReadableStream({}).tee()', 'browser'), ['tee']);
  assert.deepEqual(namesIn('door.closed = true', 'browser'), []);
});

test('what speaks of a language or a form is told; without one, or in American English, it is there', () => {
  const told = ['toLocaleDateString of a language or in a form'];
  assert.deepEqual(namesIn("d.toLocaleDateString('de')"), told);
  assert.deepEqual(namesIn('d.toLocaleDateString([], { day: "2-digit" })'), told);
  assert.deepEqual(namesIn("d?.toLocaleDateString('en-US', options)", 'browser'), told);
  assert.deepEqual(namesIn("a.localeCompare(b, 'sv')"), ['localeCompare of a language or in a form']);
  assert.deepEqual(
    namesIn("d.toLocaleDateString(); d.toLocaleDateString('en-US'); d.toLocaleString(undefined); a.localeCompare(b)"),
    [],
  );
});

test('what the machine is, what is drawn, and events of a kind are told', () => {
  assert.deepEqual(namesIn('process.cpuUsage(); process.argv0'), ['process.cpuUsage']);
  assert.deepEqual(namesIn('new MouseEvent("click"); innerWidth', 'browser'), ['MouseEvent', 'innerWidth']);
  assert.deepEqual(namesIn('document.body.closest("a").dataset.x', 'browser'), ['dataset', 'closest']);
  assert.deepEqual(namesIn('(await fetch(new Request("/"))).blob()', 'browser', true), ['blob', 'Request']);
  assert.deepEqual(namesIn('own.blob()', 'browser'), []);
  assert.deepEqual(namesIn("require('util').types.isKeyObject(k); require('util').types.isMap(m)"), [
    'util/types.isKeyObject',
  ]);
});

test('what every function and object has is no module’s, and a module is no object’s name', () => {
  const inherits = `const Emitter = require('events');
    function Own() { Emitter.call(this); }
    Object.setPrototypeOf(Own.prototype, Emitter.prototype);
    Emitter.name; require('util').hasOwnProperty('inspect'); require('fs').toString();`;
  assert.deepEqual(namesIn(inherits), []);
  for (const name of ['constructor', 'toString', '__proto__']) {
    assert.deepEqual(namesIn(`const { a } = require('${name}'); const b = require('${name}'); b.c`), [
      `the module '${name}'`,
      `the module '${name}'`,
    ]);
  }
});

test('the modules have just the names that are said to be there', async () => {
  const playground = await openPlayground();
  for (const [module, names] of MODULE_NAMES) {
    const ofFunctions = "['length', 'name', 'prototype']";
    const source = `const its = require('${module}');
      const names = Object.getOwnPropertyNames(its).filter((name) => !${ofFunctions}.includes(name));
      console.log(names.sort().join());`;
    assert.equal(playground.run(source).stdout.trim(), [...names].sort().join(), module);
  }
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
