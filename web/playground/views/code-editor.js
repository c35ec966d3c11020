// @ts-check
// The editor: CodeMirror, with the statement that runs lit, and a mistake marked where it is. Of it only what holds and
// shows the text is taken: its grammars and its commands would be a third of the playground. Moving and selecting are
// the browser's own; Tab leaves the editor, as it does every field.
import { history, historyKeymap } from '@codemirror/commands';
import { EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tokensOf } from './tokens.js';

/** @typedef {{ start: number, end: number }} Range */

/** @type {import('@codemirror/state').StateEffectType<{ lit: Range | null, wrong: Range | null }>} */
const mark = StateEffect.define();

const looks = Object.fromEntries(
  ['comment', 'string', 'number', 'keyword', 'lit', 'wrong'].map((name) => [name, Decoration.mark({ class: name })]),
);

/** @param {number} length @param {Range | null} range @param {string} name */
const marked = (length, range, name) =>
  range && range.start < range.end && range.end <= length ? [looks[name].range(range.start, range.end)] : [];

const marks = StateField.define({
  create: () => Decoration.none,
  update(value, { effects, newDoc, docChanged }) {
    for (const effect of effects) {
      if (!effect.is(mark)) continue;
      const { lit, wrong } = effect.value;
      return Decoration.set([...marked(newDoc.length, lit, 'lit'), ...marked(newDoc.length, wrong, 'wrong')], true);
    }
    return docChanged ? Decoration.none : value;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** @param {EditorState} state */
const colored = ({ doc }) =>
  Decoration.set(tokensOf(doc.toString()).map(({ kind, start, end }) => looks[kind].range(start, end)));

const colors = StateField.define({
  create: colored,
  update: (value, { docChanged, state }) => (docChanged ? colored(state) : value),
  provide: (field) => EditorView.decorations.from(field),
});

/** A new line begins where the one before did. @type {import('@codemirror/view').Command} */
function newLine({ state, dispatch }) {
  const { from } = state.selection.main;
  const indent = /^\s*/.exec(state.doc.lineAt(from).text.slice(0, from - state.doc.lineAt(from).from));
  dispatch(state.update(state.replaceSelection(`\n${indent}`), { scrollIntoView: true, userEvent: 'input' }));
  return true;
}

export class CodeEditor {
  #view;
  #isOurs = false; // the change that is being made

  /**
   * @param {HTMLElement} parent @param {ShadowRoot} root @param {string} text
   * @param {(text: string) => void} changed by hand
   */
  constructor(parent, root, text, changed) {
    this.#view = new EditorView({
      parent,
      root,
      state: EditorState.create({
        doc: text,
        extensions: [
          lineNumbers(),
          history(),
          colors,
          marks,
          keymap.of([...historyKeymap, { key: 'Enter', run: newLine }]),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': 'Program' }),
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (docChanged && !this.#isOurs) changed(state.doc.toString());
          }),
        ],
      }),
    });
  }

  /** @param {string} text */
  set text(text) {
    const { doc } = this.#view.state;
    if (doc.toString() === text) return;
    this.#isOurs = true;
    this.#view.dispatch({ changes: { from: 0, to: doc.length, insert: text } });
    this.#isOurs = false;
  }

  /** Lights what runs, and marks what is wrong. @param {Range | null} lit @param {Range | null} wrong */
  show(lit, wrong) {
    this.#view.dispatch({ effects: mark.of({ lit, wrong }) });
    const at = wrong ?? lit;
    if (at && at.end <= this.#view.state.doc.length) this.#reveal(at.start);
  }

  /** Scrolls the editor alone: the page stays where it is. @param {number} at */
  #reveal(at) {
    const { scrollDOM } = this.#view;
    const { top, height } = this.#view.lineBlockAt(at);
    const isAbove = top < scrollDOM.scrollTop;
    if (isAbove || top + height > scrollDOM.scrollTop + scrollDOM.clientHeight) {
      scrollDOM.scrollTop = top - scrollDOM.clientHeight / 3;
    }
  }

  /** @param {number} line from 1 @returns {Range} */
  rangeOfLine(line) {
    const { doc } = this.#view.state;
    const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
    return { start: from, end: to };
  }
}
