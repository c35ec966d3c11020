// The model's promises against the real ones: random programs, run by this Node's own engine and by the model, must log
// in the same order, and leave the same rejections unhandled.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { eventLoop, stepsOf } from '../doorbell.mjs';
import { programs } from '../engines/programs.mjs';
import { fc, replayable } from '../random.mjs';

const PROGRAMS = Number(process.env.DOORBELL_PROGRAMS ?? 2000);
const BATCH = 200; // so many at a time: a collection of garbage looks at all that is kept

// ---- random programs ----------------------------------------------------------------------------------------------

const QUEUES = {
  actions: (
    'microtask microtask then then then then catch finally ' +
    'promise promise promise resolve resolve resolve resolve reject async async async thenable'
  ).split(' '),
  sources: [],
  delays: [],
  times: [],
  takes: [],
  lines: 30,
};
/** Node's timers are another matter: programs that set some are run as in a browser, the others as in Node. */
const SHAPES = {
  node: { ...QUEUES, host: 'node', listens: true },
  browser: {
    ...QUEUES,
    host: 'browser',
    actions: [...QUEUES.actions, 'timer', 'timer'],
    delays: [0, 1, 2],
    deepest: 5,
  },
};

/** A chain of ten reactions, one microtask each: between them one sees when all else runs. */
const RULER = Array.from({ length: 10 }, (_, i) => `  then mark${i + 1} of ${i === 0 ? 'ruler' : `mark${i}`}\n`);
const RULED = `script main\n  promise ruler\n${RULER.join('')}  resolve ruler\n`;

/** A program for a host; half of them with a ruler. */
const programsFor = (host) =>
  fc
    .tuple(fc.boolean(), programs(SHAPES[host]))
    .map(([isRuled, text]) => (isRuled ? text.replace('script main\n', RULED) : text));

/** The statements of a program, each with those that it is about and those that stand under it. */
function bodyOf(text, host) {
  const { scenario } = eventLoop.loop(text, host);
  const lines = scenario.map((statement) => ({ ...statement, body: [] }));
  const open = [];
  for (const line of lines) {
    line.of = lines[line.of];
    line.with = lines[line.with];
    if (line.depth > 0) open[line.depth - 1].body.push(line);
    open[line.depth] = line;
  }
  return lines.find(({ kind }) => kind === 'script').body;
}

/** The same program as JavaScript. */
function javaScriptOf(body, f = null, indent = '') {
  const inner = (s) => `{\n${javaScriptOf(s.body, s, `${indent}  `)}${indent}}`;
  const logged = (s) =>
    `{\n${indent}  log('${s.name} ${s.kind}');\n${javaScriptOf(s.body, s, `${indent}  `)}${indent}}`;
  const reaction = (s) => `const ${s.name} = named('${s.name}', ${s.of.name}.${s.kind}(() => ${logged(s)}));`;
  const settled = (s) => {
    const call = `${s.of.name}_${s.kind}(${s.with?.name ?? ''});`;
    return s.after === null ? call : `later(${s.after / 1000}, () => { log('${s.of.name} ${s.kind}'); ${call} });`;
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
    timer: (s) => `later(${s.after / 1000}, () => ${logged(s)});`,
    resolve: settled,
    reject: settled,
    await: (s) => `try { await ${s.of?.name}; } finally { log('${f.name} await'); }`,
    return: (s) => `return ${s.of?.name ?? ''};`,
    throw: () => `throw 'thrown';`,
  };
  return body.map((s) => `${indent}${write[s.kind](s)}\n`).join('');
}

// ---- both runs ----------------------------------------------------------------------------------------------------

const engine = fileURLToPath(new URL('../engines/promises_in_node.mjs', import.meta.url));

/** The real engine's program. */
const javaScriptFor = (text, host) => `log('main script');\n${javaScriptOf(bodyOf(text, host))}`;

/** What the real engine does with each program. */
function runReal(texts, host) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [engine], {
    input: JSON.stringify(texts.map((text) => javaScriptFor(text, host))),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

/** What the model does: the rows in which code of the program runs. */
function runModel(text, host) {
  const trace = eventLoop.loop(text, host);
  const name = (statement) => trace.statements[statement].name;
  return {
    rows: stepsOf(trace)
      .filter(({ isHop }) => !isHop)
      .map(({ statement }) => `${name(statement)} ${trace.statements[statement].kind}`),
    unhandled: trace.unhandled.map(({ statement }) => name(statement)),
  };
}

/** Both, of one program: where they differ, it is shown. */
const compare = (text, host, real) =>
  assert.deepEqual(runModel(text, host), real, `${host}:\n${text}\n${javaScriptFor(text, host)}`);

for (const host of ['browser', 'node']) {
  test(`${PROGRAMS / 2} random programs with promises run in the order of this engine's own, as in ${host}`, (t) => {
    const options = replayable(t, PROGRAMS / 2);
    const texts = fc.sample(programsFor(host), options);
    let rows = 0;
    for (let first = 0; first < texts.length; first += BATCH) {
      const batch = texts.slice(first, first + BATCH);
      const real = runReal(batch, host);
      for (const [i, text] of batch.entries()) {
        rows += real[i].rows.length;
        if (isDeepStrictEqual(runModel(text, host), real[i])) continue;
        const again = { ...options, path: options.path || String(first + i), numRuns: 1 };
        fc.assert(
          fc.property(programsFor(host), (one) => compare(one, host, runReal([one], host)[0])),
          again,
        );
      }
    }
    t.diagnostic(`${rows} rows`);
  });
}
