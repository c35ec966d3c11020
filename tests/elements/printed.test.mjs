// What the pages print to be copied works, letter for letter: scenarios, and JavaScript.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';
import { eventLoop, multiplexer, orderOf } from '../doorbell.mjs';

const lessons = new URL('../../web/lessons/', import.meta.url);
const ENTITIES = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

/** Every text of a page that stands in a `<pre>`, as a reader copies it. */
function printedOn(page) {
  const html = readFileSync(new URL(page, lessons), 'utf8');
  return [...html.matchAll(/<pre\b[^>]*>([\s\S]*?)<\/pre>/g)].map(([, text]) =>
    text.replace(/<[^>]+>/g, '').replace(/&\w+;/g, (entity) => ENTITIES[entity] ?? entity),
  );
}

const PAGES = readdirSync(lessons).filter((name) => name.endsWith('.html'));
const PRINTED = PAGES.flatMap((page) => printedOn(page).map((text) => ({ page, text })));
const isScenario = (text) => /^\s*(#.*\s+)?(socket|promise|timer|script|input) /.test(text);
const isJavaScript = (text) => /^(setTimeout|queueMicrotask|Promise|const|async)\b/.test(text);

/** What a text of JavaScript prints when it is pasted somewhere by itself. */
async function printedBy(text) {
  const lines = [];
  runInNewContext(text, { setTimeout, queueMicrotask, console: { log: (line) => lines.push(line) } });
  await pause(20);
  return lines;
}

test('every scenario that a page prints runs', () => {
  const scenarios = PRINTED.filter(({ text }) => isScenario(text));
  assert.ok(scenarios.length > 8, `${scenarios.length} scenarios`);
  for (const { page, text } of scenarios) {
    const isLesson4 = !/^\s*(promise|timer|script|input) /m.test(text);
    const trace = isLesson4 ? multiplexer.multiplex(text, 'readiness') : eventLoop.loop(text);
    assert.ok(trace.stepCount > 0, `${page}: ${text}`);
  }
});

test('every JavaScript that a page prints runs by itself', async () => {
  const programs = PRINTED.filter(({ text }) => isJavaScript(text));
  assert.ok(programs.length >= 2, `${programs.length} programs`);
  for (const { page, text } of programs) assert.ok((await printedBy(text)).length > 0, `${page}: ${text}`);
});

test('lesson 5’s exercise prints in JavaScript what the model says of its scenario', async () => {
  const printed = printedOn('event-loop.html');
  const scenario = printed.findIndex((text) => text.startsWith('script main'));
  assert.deepEqual(await printedBy(printed[scenario + 1]), orderOf(eventLoop.loop(printed[scenario])));
});
