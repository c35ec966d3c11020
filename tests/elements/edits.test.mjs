// Edits of a scenario's text (web/scenario/edits.js): the core reads exactly what was meant, and what the edit is not
// about stands there as before, to the letter.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ms } from '../../web/core/time.js';
import * as edits from '../../web/scenario/edits.js';
import { linesOf, statementsIn, textOf } from '../../web/scenario/lines.js';
import { eventLoop, multiplexer } from '../doorbell.mjs';
import { fc, replayable } from '../random.mjs';

const RUNS = 100;

// ---- random scenarios, written as people do -------------------------------------------------------------------------

const gaps = fc.array(fc.constantFrom(' ', ' ', '  ', '\t', '   '), { minLength: 12, maxLength: 12 });
const comments = fc.constantFrom('', '', ' # takes 9', '  #');
const fillers = fc.array(fc.constantFrom('', '# a comment', '   # socket Z ready 1', '  '), { maxLength: 2 });
const layouts = fc.record({ gaps, comment: comments, fillers });

const names = fc.constantFrom('A', 'takes', 'ready', '7', 'é', '"two words"', '"a # and \\" in it"', 'x-1');
const payloads = fc.constantFrom('', '', '"slow report"', '"# takes 3"', '"ready 1"');
const durations = fc.option(fc.constantFrom('0', '1', '0.5', '2.25', '3.0'));
const times = fc
  .array(fc.constantFrom('0', '1', '1.0', '2', '2.5', '10', '0.001'), { minLength: 1, maxLength: 4 })
  .map((list) => list.sort((a, b) => a - b));
const sources = fc.record({
  name: names,
  payload: payloads,
  ready: times,
  takes: durations,
  isTakesFirst: fc.boolean(),
  layout: layouts,
});

/** Words with spaces between them, under the comments and empty lines that stand above. */
const lined = (words, { gaps, comment, fillers }, margin = '') => [
  ...fillers,
  margin + words.filter(Boolean).reduce((line, word, i) => line + gaps[i % gaps.length] + word) + comment,
];

/** Lesson 4 takes each name once. */
const numbered = (name, i) => (name.endsWith('"') ? `${name.slice(0, -1)}${i}"` : `${name}${i || ''}`);

const sourceLines = (kind) => (source, i) => {
  const { name, payload, ready, takes, isTakesFirst, layout } = source;
  const clauses = [['ready', ...ready], takes === null ? [] : ['takes', takes]];
  if (isTakesFirst) clauses.reverse();
  return lined([kind, numbered(name, i), payload, ...clauses.flat()], layout);
};

const { action: actions } = fc.letrec((tie) => ({
  action: fc.record({
    name: names,
    after: durations,
    takes: durations,
    layout: layouts,
    indent: fc.integer({ min: 1, max: 4 }), // that of the first child is its siblings' too
    children: fc.oneof({ maxDepth: 2 }, fc.constant([]), fc.array(tie('action'), { maxLength: 2 })),
  }),
}));

const actionLines = (siblings, margin = '') => {
  const inner = margin + ' '.repeat(siblings[0]?.indent);
  return siblings.flatMap(({ name, after, takes, layout, children }) => [
    ...lined(
      [
        ...(after === null ? ['microtask', name] : ['timer', name, 'after', after]),
        ...(takes === null ? [] : ['takes', takes]),
      ],
      layout,
      inner,
    ),
    ...actionLines(children, inner),
  ]);
};

const textsOf = (lines) =>
  fc
    .record({
      lines,
      end: fc.constantFrom('\n', '\r\n'),
      isEnded: fc.boolean(),
      mark: fc.constantFrom('', '', '\ufeff'),
    })
    .map(({ lines, end, isEnded, mark }) => mark + lines.join(end) + (isEnded ? end : ''));

const sockets = fc.array(sources, { minLength: 1, maxLength: 6 }).map((list) => list.flatMap(sourceLines('socket')));
const callbacks = fc
  .array(fc.tuple(sources, fc.array(actions, { maxLength: 3 })), { minLength: 1, maxLength: 4 })
  .map((list) => list.flatMap(([source, actions], i) => [...sourceLines('timer')(source, i), ...actionLines(actions)]));

/** All that a core reads in a text. */
function scenarioOf(doorbell, trace) {
  const { scenario } = trace;
  doorbell.recycle(trace);
  return scenario;
}
const LESSONS = [
  {
    texts: textsOf(sockets),
    read: (text) => scenarioOf(multiplexer, multiplexer.multiplex(text, 'readiness')),
  },
  { texts: textsOf(callbacks), read: (text) => scenarioOf(eventLoop, eventLoop.loop(text, 'browser')) },
];

/** For random texts, one of its statements, and a time. */
function ofTexts(t, check) {
  const moments = fc.constantFrom(0, 1, 500, 1000, 1500, 12_000, 10_000_001);
  for (const { texts, read } of LESSONS) {
    const property = fc.property(texts, fc.nat(), fc.nat(), moments, (text, s, k, us) => {
      const scenario = read(text);
      check({ text, read, scenario, statement: s % scenario.length, k, us });
    });
    fc.assert(property, replayable(t, RUNS));
  }
}

// ---- what is meant --------------------------------------------------------------------------------------------------

/** A list without so many from a place on. (Debian 12's Node has no `toSpliced`.) */
const without = (list, from, count) => [...list.slice(0, from), ...list.slice(from + count)];

const changed = (scenario, i, change) => scenario.map((each, k) => (k === i ? { ...each, ...change } : each));
const endOf = (scenario, i) => {
  const next = scenario.findIndex(({ depth }, j) => j > i && depth <= scenario[i].depth);
  return next < 0 ? scenario.length : next;
};
/** Statements, their indexes of others aside, which change when something comes in between. */
const plain = (scenario) => scenario.map(({ of: _of, with: _with, ...statement }) => statement);

/** All of a text but its numbers. */
const frame = (text) => text.replace(/[\d.]+/g, '0');
/** Is `more` the one thing that a text has and another has not? */
const isInserted = (text, more, longer) =>
  longer.length === text.length + more.length &&
  [...Array(text.length + 1).keys()].some((i) => text.slice(0, i) + more + text.slice(i) === longer);

// ---- lines ----------------------------------------------------------------------------------------------------------

test('lines, joined again, are the text', (t) => {
  const texts = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '#', ' ', '\ufeff') });
  const property = fc.property(texts, (text) => assert.equal(textOf(linesOf(text)), text));
  fc.assert(property, replayable(t, RUNS));
});

test('statements are counted as the core counts them', (t) =>
  ofTexts(t, ({ text, scenario }) => {
    assert.equal(statementsIn(linesOf(text)).length, scenario.length);
  }));

// ---- times ----------------------------------------------------------------------------------------------------------

test('a ready time is set; the times of a source do not go back', (t) =>
  ofTexts(t, ({ text, read, scenario, statement, k, us }) => {
    const { ready } = scenario[statement];
    if (!ready.length) return;
    const edited = edits.setReady(text, statement, k % ready.length, us);
    const meant = ready.map((time, i) => (i === k % ready.length ? us : time)).sort((a, b) => a - b);
    assert.deepEqual(read(edited), changed(scenario, statement, { ready: meant }));
    assert.equal(frame(edited), frame(text));
  }));

test('a script gets a ready time when it is not 0', () => {
  const text = 'script main "first" takes 2 # it begins';
  assert.equal(edits.setReady(text, 0, 0, 0), text);
  assert.equal(edits.setReady(text, 0, 0, 1500), 'script main "first" ready 1.5 takes 2 # it begins');
  assert.equal(edits.addReady('script ready', 0, 1500), 'script ready ready 1.5');
});

test('a ready time more', (t) =>
  ofTexts(t, ({ text, read, scenario, statement, us }) => {
    const { ready } = scenario[statement];
    if (!ready.length) return;
    const edited = edits.addReady(text, statement, us);
    const meant = [...ready, us].sort((a, b) => a - b);
    assert.deepEqual(read(edited), changed(scenario, statement, { ready: meant }));
    assert.ok(isInserted(text, ` ${ms(us)}`, edited));
  }));

test('a ready time less, but for the last one', (t) =>
  ofTexts(t, ({ text, read, scenario, statement, k }) => {
    const { ready } = scenario[statement];
    if (!ready.length) return;
    const edited = edits.removeReady(text, statement, k % ready.length);
    const meant = ready.length > 1 ? without(ready, k % ready.length, 1) : ready;
    assert.deepEqual(read(edited), changed(scenario, statement, { ready: meant }));
  }));

test('how long something takes is set, comes and goes', (t) =>
  ofTexts(t, ({ text, read, scenario, statement, us }) => {
    const before = scenario[statement].takes;
    const edited = edits.setTakes(text, statement, us);
    assert.deepEqual(read(edited), changed(scenario, statement, { takes: us }));
    if (before && us) assert.equal(frame(edited), frame(text));
    if (!before && us && !/takes/.test(text)) assert.ok(isInserted(text, ` takes ${ms(us)}`, edited));
    if (!us) assert.equal(edits.setTakes(edited, statement, 0), edited);
  }));

test('what takes no time says nothing of it', () => {
  assert.equal(edits.setTakes('socket A ready 1  takes 2 # slow', 0, 0), 'socket A ready 1 # slow');
  assert.equal(edits.setTakes('socket A takes 2 ready 1', 0, 0), 'socket A ready 1');
});

test('a delay is set, where there is one', (t) =>
  ofTexts(t, ({ text, read, scenario, statement, us }) => {
    const edited = edits.setAfter(text, statement, us);
    const hasDelay = scenario[statement].kind === 'timer' && scenario[statement].depth > 0;
    assert.deepEqual(read(edited), hasDelay ? changed(scenario, statement, { after: us }) : scenario);
    assert.equal(frame(edited), frame(text));
  }));

// ---- statements -----------------------------------------------------------------------------------------------------

test('what is removed goes with what is indented under it', (t) =>
  ofTexts(t, ({ text, read, scenario, statement }) => {
    const edited = edits.remove(text, statement);
    assert.deepEqual(read(edited), without(scenario, statement, endOf(scenario, statement) - statement));
    const [kept, all] = [edited, text].map((each) => linesOf(each).map((line) => line.text));
    let from = 0;
    while (from < kept.length && kept[from] === all[from]) from++;
    assert.deepEqual(kept.slice(from), all.slice(all.length - (kept.length - from)), 'one piece is cut out');
  }));

test('what is moved changes places with its neighbor, and back', (t) =>
  ofTexts(t, ({ text, read, scenario, statement }) => {
    const next = endOf(scenario, statement);
    const isLast = scenario[next]?.depth !== scenario[statement].depth;
    const moved = edits.move(text, statement, 1);
    if (isLast) return assert.equal(moved, undefined);
    const end = endOf(scenario, next);
    const meant = [
      ...scenario.slice(0, statement),
      ...scenario.slice(next, end),
      ...scenario.slice(statement, next),
      ...scenario.slice(end),
    ];
    assert.deepEqual(plain(read(moved.text)), plain(meant));
    assert.equal(moved.statement, statement + end - next);
    assert.deepEqual(edits.move(moved.text, moved.statement, -1), { text, statement });
  }));

test('the first of its siblings does not move up', () => {
  assert.equal(edits.move('script a\n  microtask b\nscript c', 0, -1), undefined);
  assert.equal(edits.move('script a\n  microtask b\nscript c', 1, -1), undefined);
});

test('a source more comes behind all others', (t) =>
  ofTexts(t, ({ text, read, scenario }) => {
    const edited = edits.append(text, `${scenario[0].kind} one-more ready 1`);
    assert.deepEqual(read(edited).slice(0, -1), scenario);
    assert.equal(read(edited).at(-1).name, 'one-more');
    assert.ok(edited.startsWith(text));
  }));

test('a text keeps its end, with a line feed or without', () => {
  assert.equal(edits.append('socket A ready 1', 'socket B ready 2'), 'socket A ready 1\nsocket B ready 2');
  assert.equal(edits.append('socket A ready 1\r\n', 'socket B ready 2'), 'socket A ready 1\r\nsocket B ready 2\r\n');
});

test('an empty text gets its first line', () => {
  assert.equal(edits.append('', 'socket A ready 1'), 'socket A ready 1\n');
});

test('a statement more comes behind another, on its level', (t) =>
  ofTexts(t, ({ text, read, scenario, statement }) => {
    const { depth, kind } = scenario[statement];
    const block = depth ? 'microtask one-more' : `${kind} one-more ready 1`;
    const edited = edits.insertBehind(text, statement, block);
    const end = endOf(scenario, statement);
    const after = read(edited);
    assert.deepEqual(plain(without(after, end, 1)), plain(scenario));
    assert.deepEqual([after[end].name, after[end].depth], ['one-more', depth]);
  }));

test('a statement more comes under another, behind its children', (t) => {
  const { texts, read } = LESSONS[1];
  const property = fc.property(texts, fc.nat(), (text, s) => {
    const scenario = read(text);
    const statement = s % scenario.length;
    const edited = edits.insertUnder(text, statement, 'microtask one-more\n  microtask and-more');
    const end = endOf(scenario, statement);
    const after = read(edited);
    assert.deepEqual(plain(without(after, end, 2)), plain(scenario));
    const { depth } = scenario[statement];
    assert.deepEqual(
      after.slice(end, end + 2).map((one) => one.depth),
      [depth + 1, depth + 2],
    );
  });
  fc.assert(property, replayable(t, RUNS));
});

test('a callback goes under another one, with all that is under it, and nothing else moves', (t) => {
  const { texts, read } = LESSONS[1];
  const property = fc.property(texts, fc.nat(), fc.nat(), (text, s, p) => {
    const scenario = read(text);
    const callbacks = [...scenario.keys()].filter((i) => scenario[i].depth);
    if (!callbacks.length) return;
    const statement = callbacks[s % callbacks.length];
    const parent = p % scenario.length;
    const end = endOf(scenario, statement);
    const moved = edits.moveUnder(text, statement, parent);
    if (parent >= statement && parent < end) return assert.equal(moved, undefined);
    const size = end - statement;
    const rest = without(scenario, statement, size);
    const at = endOf(rest, parent < statement ? parent : parent - size);
    const by = scenario[parent].depth + 1 - scenario[statement].depth;
    const block = scenario.slice(statement, end).map((one) => ({ ...one, depth: one.depth + by }));
    assert.equal(moved.statement, at);
    assert.deepEqual(plain(read(moved.text)), plain([...rest.slice(0, at), ...block, ...rest.slice(at)]));
  });
  fc.assert(property, replayable(t, RUNS));
});

test('a callback that moves keeps its own indents, and takes those of its new siblings', () => {
  const text = 'script a\n    microtask b # of a\n\n      microtask c\nscript d\n  microtask e\n';
  const moved = 'script a\nscript d\n  microtask e\n  microtask b # of a\n\n    microtask c\n';
  assert.deepEqual(edits.moveUnder(text, 1, 3), { text: moved, statement: 3 });
  const last = 'script a\nscript b\n  microtask c';
  assert.deepEqual(edits.moveUnder(last, 2, 0), { text: 'script a\n  microtask c\nscript b\n', statement: 1 });
});

test('a line that is wrong gives way to its cure', () => {
  const cured = (text) => {
    try {
      eventLoop.loop(text, 'browser');
      return text;
    } catch (error) {
      const [{ line, cure }] = error.problems;
      return cured(edits.replaceLine(text, line - 1, cure));
    }
  };
  assert.equal(cured('timer a\n  timer b # late'), 'timer a ready 2\n  timer b after 3 # late');
  assert.equal(cured('\ufeff# of it\r\nmicrotask a\r\n'), '\ufeff# of it\r\nscript main\r\n  microtask a\r\n');
  assert.equal(cured('script main\n  console.log(1)\n'), 'script main\n\n');
});

// ---- names ----------------------------------------------------------------------------------------------------------

test('another name', (t) =>
  ofTexts(t, ({ text, read, scenario, statement }) => {
    for (const name of ['plain', 'two words', 'a "quote" and \\', '#']) {
      const edited = edits.rename(text, statement, name, scenario);
      assert.deepEqual(read(edited), changed(scenario, statement, { name }));
    }
  }));

test('another name for a promise, wherever it is named', () => {
  const text = `script main # of p
  promise p
  promise "q r"
  async p2
    await p # p
    return p
  then next of p
    resolve "q r" with p
  resolve p after 3
`;
  const { scenario } = eventLoop.loop(text, 'browser');
  const edited = edits.rename(text, 1, 'the promise', scenario);
  assert.equal(
    edited,
    text
      .replace('promise p\n', 'promise "the promise"\n')
      .replace('await p ', 'await "the promise" ')
      .replace('return p', 'return "the promise"')
      .replace('of p\n    r', 'of "the promise"\n    r')
      .replace('with p', 'with "the promise"')
      .replace('resolve p', 'resolve "the promise"'),
  );
  const again = eventLoop.loop(edited, 'browser').scenario;
  assert.deepEqual(
    again.map((one) => [one.of, one.with]),
    scenario.map((one) => [one.of, one.with]),
  );
  assert.equal(edits.rename(edited, 1, 'p', again), text);
});

test('an async function that stands in another one does not name it', () => {
  const text = 'script main\n  async f\n    async g\n';
  const { scenario } = eventLoop.loop(text, 'browser');
  assert.equal(edits.rename(text, 1, 'h', scenario), text.replace('async f', 'async h'));
});
