// The model's promises against the real ones: random programs, run by this Node's own engine and by the model, must log
// in the same order, and leave the same rejections unhandled.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { eventLoop, randomFrom, seedOf, stepsOf } from '../doorbell.mjs';

const PROGRAMS = Number(process.env.DOORBELL_PROGRAMS ?? 2000);
const BATCH = 200; // so many at a time: a collection of garbage looks at all that is kept

// ---- a program is a tree of statements: { kind, name, of, with, after, body } ----------------------------------------

const REACTIONS = ['then', 'catch', 'finally'];
const CALLBACKS = [...REACTIONS, 'async', 'microtask', 'timer'];
const NAMED = ['promise', 'thenable', ...CALLBACKS];

/** A random program. Half of them set timers. */
function randomProgram(random) {
  const timers = random(2) === 0;
  let made = 0;
  let left = 10 + random(25); // statements
  const pick = (list) => list[random(list.length)];

  /** The body of a callback of some kind: `scope` is what has a name where it stands. */
  function body(scope, inside, depth) {
    const here = [...scope];
    const statements = [];
    for (let count = (depth === 0 ? 8 : 0) + random(4); count > 0 && left > 0; count--) {
      left--;
      const s = statement(here, inside, depth);
      statements.push(s);
      if (NAMED.includes(s.kind) && !['microtask', 'timer'].includes(s.kind)) here.push(s);
    }
    const mayEnd = inside === 'async' || REACTIONS.includes(inside);
    if (mayEnd && random(4) === 0)
      statements.push({ kind: 'return', of: random(4) && here.length ? pick(here) : null });
    else if (mayEnd && random(8) === 0) statements.push({ kind: 'throw' });
    return statements;
  }

  function statement(here, inside, depth) {
    const promises = here.filter(({ kind }) => kind !== 'thenable');
    const mine = here.filter(({ kind }) => kind === 'promise');
    const kinds = ['promise', 'promise'];
    if (random(4) === 0) kinds.push('thenable');
    if (depth < 4) kinds.push('microtask', 'async', ...(timers ? ['timer'] : []));
    if (depth < 4 && promises.length) kinds.push(...REACTIONS, 'then', 'then', 'then');
    if (mine.length) kinds.push('resolve', 'resolve', 'resolve', 'resolve', 'reject');
    if (inside === 'async') kinds.push('await', 'await', 'await');
    const s = { kind: pick(kinds) };
    if (NAMED.includes(s.kind)) s.name = `${s.kind[0]}${made++}`;
    if (CALLBACKS.includes(s.kind)) s.body = body(here, s.kind, depth + 1);
    if (REACTIONS.includes(s.kind)) s.of = pick(promises);
    if (s.kind === 'await') s.of = random(4) && here.length ? pick(here) : null;
    if (s.kind === 'resolve' || s.kind === 'reject') s.of = pick(mine);
    if (s.kind === 'resolve' && random(2)) s.with = pick(here);
    const mayWait = timers && (s.kind === 'resolve' || s.kind === 'reject') && !s.with;
    if (s.kind === 'timer' || (mayWait && random(3) === 0)) s.after = random(3);
    return s;
  }

  return [...(random(2) ? ruler() : []), ...body([], 'script', 0)];
}

/** A chain of ten reactions, one microtask each: between them one sees when all else runs. */
function ruler() {
  const marks = [{ kind: 'promise', name: 'ruler' }];
  for (let i = 1; i <= 10; i++) marks.push({ kind: 'then', name: `mark${i}`, of: marks[i - 1], body: [] });
  return [...marks, { kind: 'resolve', of: marks[0] }];
}

/** The program as a scenario. */
function scenarioOf(body, indent = '  ') {
  const line = ({ kind, name, of, with: other, after }) =>
    [
      kind,
      name,
      of && (REACTIONS.includes(kind) ? `of ${of.name}` : of.name),
      other && `with ${other.name}`,
      after !== undefined && `after ${after}`,
    ]
      .filter(Boolean)
      .join(' ');
  const lines = body.map((s) => `${indent}${line(s)}\n${s.body ? scenarioOf(s.body, `${indent}  `) : ''}`);
  return (indent === '  ' ? 'script main\n' : '') + lines.join('');
}

/** The same program as JavaScript. */
function javaScriptOf(body, f = null, indent = '') {
  const inner = (s) => `{\n${javaScriptOf(s.body, s, `${indent}  `)}${indent}}`;
  const logged = (s) =>
    `{\n${indent}  log('${s.name} ${s.kind}');\n${javaScriptOf(s.body, s, `${indent}  `)}${indent}}`;
  const reaction = (s) => `const ${s.name} = named('${s.name}', ${s.of.name}.${s.kind}(() => ${logged(s)}));`;
  const settled = (s) => {
    const call = `${s.of.name}_${s.kind}(${s.with?.name ?? ''});`;
    return s.after === undefined ? call : `later(${s.after}, () => { log('${s.of.name} ${s.kind}'); ${call} });`;
  };
  const write = {
    promise: ({ name: p }) =>
      `let ${p}_resolve, ${p}_reject; const ${p} = named('${p}', new Promise((a, b) => { ${p}_resolve = a; ${p}_reject = b; }));`,
    thenable: (s) => `const ${s.name} = { then(callback) { callback(); } };`,
    then: reaction,
    catch: reaction,
    finally: reaction,
    async: (s) => `const ${s.name} = named('${s.name}', (async () => ${inner(s)})());`,
    microtask: (s) => `queueMicrotask(() => ${logged(s)});`,
    timer: (s) => `later(${s.after}, () => ${logged(s)});`,
    resolve: settled,
    reject: settled,
    await: (s) => `try { await ${s.of?.name}; } finally { log('${f.name} await'); }`,
    return: (s) => `return ${s.of?.name ?? ''};`,
    throw: () => `throw 'thrown';`,
  };
  return body.map((s) => `${indent}${write[s.kind](s)}\n`).join('');
}

// ---- both runs -------------------------------------------------------------------------------------------------------

const engine = fileURLToPath(new URL('../engines/promises_in_node.mjs', import.meta.url));

/** What the real engine does with each program. */
function runReal(programs) {
  const input = JSON.stringify(programs.map((program) => `log('main script');\n${javaScriptOf(program)}`));
  const { stdout, stderr, status } = spawnSync(process.execPath, [engine], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

/** What the model does: the rows in which code of the program runs. */
function runModel(program, host) {
  const trace = eventLoop.loop(scenarioOf(program), host);
  const name = (statement) => trace.statements[statement].name;
  return {
    rows: stepsOf(trace)
      .filter(({ isHop }) => !isHop)
      .map(({ statement }) => `${name(statement)} ${trace.statements[statement].kind}`),
    unhandled: trace.unhandled.map(({ statement }) => name(statement)),
  };
}

const differs = (program, real, host) => {
  try {
    assert.deepEqual(runModel(program, host), real);
    return false;
  } catch {
    return true;
  }
};

// ---- a smaller program with the same mismatch ------------------------------------------------------------------------

/** All programs with one statement less, and all that refers to it. */
function smaller(program) {
  const list = [];
  const refersTo = (s, name) => name !== undefined && (s.of?.name === name || s.with?.name === name);
  const without = (body, gone) =>
    body
      .filter((s) => s !== gone && !refersTo(s, gone.name))
      .map((s) => (s.body ? { ...s, body: without(s.body, gone) } : s));
  const visit = (body) => {
    for (const s of body) {
      list.push(without(program, s));
      if (s.body) visit(s.body);
    }
  };
  visit(program);
  return list;
}

function shrink(program, host) {
  for (;;) {
    const candidates = smaller(program).filter((candidate) => {
      try {
        return eventLoop.loop(scenarioOf(candidate), host) && true;
      } catch {
        return false; // what is left does not make a program
      }
    });
    if (candidates.length === 0) return program;
    const real = runReal(candidates);
    const found = candidates.findIndex((candidate, i) => differs(candidate, real[i], host));
    if (found < 0) return program;
    program = candidates[found];
  }
}

// Node's timers are another matter: programs that set some are run as in a browser, the others as in Node.
const hostOf = (program) => (/ after /.test(scenarioOf(program)) ? 'browser' : 'node');

/** Runs one program here and there; what came there, or a failure that shows a small program. */
function compare(program, real) {
  const host = hostOf(program);
  if (!differs(program, real, host)) return;
  const small = shrink(program, host);
  const [expected] = runReal([small]);
  assert.deepEqual(runModel(small, host), expected, `${host}:\n${scenarioOf(small)}\n${javaScriptOf(small)}`);
}

test(`${PROGRAMS} random programs with promises run in the order of this engine's own`, (t) => {
  const random = randomFrom(seedOf(t));
  let rows = 0;
  for (let left = PROGRAMS; left > 0; left -= BATCH) {
    const programs = Array.from({ length: Math.min(left, BATCH) }, () => randomProgram(random));
    const real = runReal(programs);
    for (const [i, program] of programs.entries()) {
      compare(program, real[i]);
      rows += real[i].rows.length;
    }
  }
  t.diagnostic(`${rows} rows`);
});
