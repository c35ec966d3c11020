// What stands beside a scene: another run on the same clock (web/elements/both/clock.js), and the line of the program
// that runs (web/elements/code/running-line.js).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { positionBeside } from '../../web/elements/both/clock.js';
import { runningLine } from '../../web/elements/code/running-line.js';
import { programWithPlaces } from '../../web/javascript/javascript.js';
import { examples } from '../../web/lessons/event-loop-examples.js';
import { eventLoop, stepsOf } from '../doorbell.mjs';
import { fc, replayable } from '../random.mjs';

const times = fc.array(fc.nat(5), { maxLength: 8 }).map((list) => list.sort((a, b) => a - b));
const runOf = (list) => ({ stepCount: list.length, step: (k) => ({ time: list[k] }) });

test('beside a step stands all that began before its moment, nothing that begins after it; both end together', (t) =>
  fc.assert(
    fc.property(times, times, (own, other) => {
      let last = 0;
      for (let position = 0; position <= own.length; position++) {
        const there = positionBeside(runOf(other), runOf(own), position);
        assert.ok(there >= last, 'time does not go back');
        last = there;
        if (position === own.length) assert.equal(there, other.length);
        else if (position === 0) assert.equal(there, 0);
        else {
          const now = own[position - 1];
          assert.ok(there >= other.filter((time) => time < now).length);
          assert.ok(there <= other.filter((time) => time <= now).length);
        }
      }
    }),
    replayable(t, 300),
  ));

test('two runs that are alike are beside each other at every step', (t) =>
  fc.assert(
    fc.property(times, (own) => {
      for (let k = 0; k <= own.length; k++) assert.equal(positionBeside(runOf(own), runOf(own), k), k);
    }),
    replayable(t, 300),
  ));

for (const { name, host, text = 'promise a ready 2\ntimer b ready 2\nsocket c ready 4' } of examples) {
  test(`the line that is lit tells the name of what runs: ${name}`, () => {
    const trace = eventLoop.loop(text, host);
    const { program, places } = programWithPlaces(trace.scenario, host);
    const lines = program.split('\n');
    let lit = 0;
    for (const [k, { statement, isHop, queue }] of stepsOf(trace).slice(0, 50).entries()) {
      const line = runningLine(trace, places, k + 1);
      const { name, kind } = trace.statements[statement];
      const hasCode = !isHop && kind !== 'input' && !['starved', 'stopped', 'ended'].includes(queue);
      assert.equal(line >= 0, hasCode, `step ${k + 1}, ${name}`);
      if (line < 0) continue;
      assert.ok(lines[line].includes(`log('${name}')`), `${lines[line]}: ${name}`);
      lit++;
    }
    assert.ok(lit > 0);
    assert.equal(runningLine(trace, places, 0), -1, 'before the first step nothing runs');
  });
}
