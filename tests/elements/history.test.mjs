// What can be undone (web/scenario/history.js), against a plain list of states.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { History } from '../../web/scenario/history.js';
import { fc, replayable } from '../random.mjs';

const RUNS = 300;

test('undo and redo go along what was recorded; a new change takes the place of what was undone', (t) => {
  const moves = fc.array(fc.oneof(fc.constantFrom('undo', 'redo'), fc.nat(4)), { maxLength: 30 });
  const property = fc.property(moves, (moves) => {
    const history = new History({ text: 'first' });
    let states = ['first'];
    let at = 0;
    for (const move of moves) {
      if (move === 'undo') {
        const back = history.undo();
        assert.equal(back?.text, at > 0 ? states[--at] : undefined);
      } else if (move === 'redo') {
        const on = history.redo();
        assert.equal(on?.text, at < states.length - 1 ? states[++at] : undefined);
      } else if (states[at] !== `${move}`) {
        history.record({ text: `${move}` });
        states = [...states.slice(0, ++at), `${move}`];
      } else {
        history.record({ text: `${move}` }); // no change
      }
      assert.equal(history.state.text, states[at]);
      assert.equal(history.canUndo, at > 0);
      assert.equal(history.canRedo, at < states.length - 1);
    }
  });
  fc.assert(property, replayable(t, RUNS));
});

test('a drag is one entry', () => {
  const history = new History('start');
  for (const state of ['a', 'b', 'c']) history.record(state, 'drag 1');
  for (const state of ['d', 'e']) history.record(state, 'drag 2');
  assert.equal(history.undo(), 'c');
  assert.equal(history.undo(), 'start');
  assert.equal(history.redo(), 'c');
});

test('a drag that ends where it began is none', () => {
  const history = new History('start');
  history.record('before');
  for (const state of ['a', 'before']) history.record(state, 'drag');
  history.record('b', 'drag');
  assert.equal(history.undo(), 'before');
  assert.equal(history.undo(), 'start');
});

test('a drag that is back where it began leaves no entry', () => {
  const history = new History('start');
  for (const state of ['a', 'start']) history.record(state, 'drag');
  assert.equal(history.canUndo, false);
});

test('what is undone is not part of a gesture that goes on', () => {
  const history = new History('start');
  history.record('a', 'drag');
  history.undo();
  history.record('b', 'drag');
  history.record('c', 'drag');
  assert.equal(history.undo(), 'start');
  assert.equal(history.canUndo, false);
});

test('letters are one entry until the hand rests', () => {
  const history = new History('');
  for (const [state, now] of [
    ['s', 5000],
    ['so', 5900],
    ['soc', 6800],
  ])
    history.type(state, now);
  for (const [state, now] of [
    ['sock', 7801],
    ['socke', 8000],
  ])
    history.type(state, now);
  assert.equal(history.undo(), 'soc');
  assert.equal(history.undo(), '');
});

test('letters after another change are an entry of their own', () => {
  const history = new History('');
  history.type('a', 0);
  history.record('example');
  history.type('example b', 10);
  assert.equal(history.undo(), 'example');
  assert.equal(history.undo(), 'a');
});

test('the last 200 states are kept', () => {
  const history = new History(0);
  for (let i = 1; i <= 500; i++) history.record(i);
  let back = 0;
  while (history.undo() !== undefined) back++;
  assert.equal(back, 199);
  assert.equal(history.state, 301);
});
