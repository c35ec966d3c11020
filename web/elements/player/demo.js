// @ts-check
import { html, LitElement, nothing } from 'lit';
import '../../core/doorbell.js'; // here, for the parts that come later
import { dedent } from './dedent.js';
import { demoStyles } from './demo-styles.js';
import { recall } from './memory.js';
import { Room } from './room.js';

/** @typedef {import('../../core/doorbell.js').Trace} Trace */

/** How long a step is shown while the demo runs by itself, in milliseconds. */
export const PACES = { slow: 3200, normal: 1800, fast: 900 };

const RESERVED = 24; // reasons of a run: room is kept for so many, the longest of its first steps,
const READ = 500; // of which so many are looked at

/** A number stays with its unit. @param {string} text */
export const unbroken = (text) => text.replace(/(\d) ms/g, '$1\u00a0ms');

/** What happened, and why. @param {string} what @param {string} why */
export const said = (what, why) => html`<strong>${unbroken(what)}</strong> ${unbroken(why)}`;

/**
 * The positions with the longest reasons, and the last one, for what is said there besides.
 *
 * @param {{ stepCount: number, step: (k: number) => { reason: string } }} trace
 */
function longestReasons(trace) {
  const lengths = Array.from({ length: Math.min(READ, trace.stepCount) }, (_, k) => trace.step(k).reason.length);
  const longest = [...lengths.keys()].sort((a, b) => lengths[b] - lengths[a]).slice(0, RESERVED);
  return [...new Set([...longest.map((k) => k + 1), trace.stepCount])];
}

const loadTools = () => import('./tools.js');

/**
 * What can be done with a demo besides stepping: an element that comes when it is first opened (see tool.js).
 *
 * @typedef {{ name: string, tag: string, load: () => Promise<unknown>, isWanted?: (demo: Demo<any>) => unknown }} Tool
 *   isWanted: it opens by itself
 */

/** @param {any} value @returns {value is true} */
const isTrue = (value) => value === true;

/** @type {Tool} */
const predictFirst = {
  name: 'Predict first',
  tag: 'predict-first',
  load: () => import('../predict/predict-first.js'),
  isWanted: (demo) => demo.hasAttribute('predict') || demo.parameter('challenge') || recall('predict', isTrue),
};

/** The scene in sentences: a lesson knows how it is told. Opened once, it stays. */
export const inWords = { name: 'In words', isWanted: () => recall('in words', isTrue) };

/**
 * What both demos have in common: a scenario, which stands in a `<pre>` inside the element and may be edited; a trace
 * of it; and a position in the trace, which buttons, a scrubber and keys move. A position counts the steps taken: 0 is
 * the start. Going back is reading an earlier row.
 *
 * A demo says how to run a scenario (`run`), and how to show a position (`renderScene`, `describe`, ...). Whoever
 * stands beside it hears `shown` when it shows another trace, `moved` when it goes to another position, `told` when the
 * picture has come there, and `edited` when the text is another one, or what is wrong with it.
 *
 * @template {{ stepCount: number, end: number, step: (k: number) => any }} [Run=Trace] what a run gives
 */
export class Demo extends LitElement {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = {
    trace: { state: true },
    position: { state: true },
    playing: { state: true },
    speed: {},
    text: { state: true },
    error: { state: true },
    editing: { state: true },
    notice: { state: true },
    question: {},
    answer: {},
    held: { state: true },
  };

  /** @type {import('lit').CSSResultGroup} */
  static styles = demoStyles;

  /** @type {Tool[]} */
  static tools = [
    predictFirst,
    { name: 'Share', tag: 'demo-share', load: loadTools },
    { name: 'Present', tag: 'present-demo', load: loadTools },
  ];

  /** What the buttons say, which key does the same, and what is drawn on them. */
  #buttons = [
    {
      label: 'Back',
      key: 'ArrowLeft',
      icon: 'M10 3 5 8l5 5',
      press: () => this.#press(this.position - 1),
      off: () => this.position === 0,
    },
    {
      label: 'Step',
      key: 'ArrowRight',
      icon: 'm6 3 5 5-5 5',
      press: () => this.#press(this.position + 1),
      off: () => this.atEnd,
    },
    {
      label: 'Run',
      key: 'Space',
      icon: 'm4 3 9 5-9 5z',
      press: () => this.#run(),
      off: () => this.atEnd,
    },
    {
      label: 'Reset',
      key: 'Home',
      icon: 'M3 8a5 5 0 1 0 2-4M3 2v4h4',
      press: () => this.#press(0),
      off: () => false,
    },
  ];

  #timer = 0;
  /** What had the focus when the position moved: some browsers take it away before `updated`. @type {Element | null} */
  #pressed = null;
  /** The positions for whose reasons room is kept. @type {number[]} */
  #reserved = [];
  /** The tools that are open. @type {Map<Tool, Element>} */
  #opened = new Map();
  /** @type {Demo<any>['snapshot'] | undefined} */ #first = undefined;
  #told = 0; // the position whose reason is shown: that of the picture
  room = new Room(this);
  /** @type {(demo: Demo<any>) => void} */ #arrive = () => {};

  /** When it first shows a scenario. @type {Promise<Demo<any>>} */
  arrived = new Promise((resolve) => (this.#arrive = resolve));

  constructor() {
    super();
    /** @type {import('../../core/doorbell.js').Doorbell | undefined} */
    this.doorbell = undefined;
    /** @type {Run | undefined} */
    this.trace = undefined;
    /** @type {Error | undefined} */
    this.error = undefined;
    this.position = 0;
    this.playing = false;
    this.speed = 'normal';
    this.text = '';
    this.shown = ''; // the scenario of the trace
    this.challenge = ''; // in a link it stands for the text: see web/scenario/random.js
    this.editing = false;
    this.notice = ''; // what is wrong with the link that led here
    this.question = ''; // that a teacher asks about the scenario,
    this.answer = ''; // and what is right; without it the question is for a talk
    /** What the page's address says of this demo. @type {Record<string, string>} */
    this.asked = {};
    /** A moment between two steps, and what is seen. @type {{ time: number, words: [string, string] } | undefined} */
    this.held = undefined;
    /** Undoes what was changed: it comes with the first change. @type {import('../editor/undo.js').Undo | undefined} */
    this.undo = undefined;
    /** The gesture that led to what is shown. @type {unknown} */
    this.gesture = undefined;
  }

  /** The core. @returns {Promise<import('../../core/doorbell.js').Doorbell>} */
  load() {
    throw new Error('a demo says what it loads');
  }

  /** How to run a scenario. @param {string} _text @returns {Run} */
  run(_text) {
    throw new Error('a demo says how it runs');
  }

  connectedCallback() {
    super.connectedCallback();
    this.original = dedent(this.querySelector('pre')?.textContent ?? '');
    this.addEventListener('keydown', this.#pressKey);
    this.#load();
  }

  /** What the page's address says of it. @param {string} name */
  parameter(name) {
    return Object.hasOwn(this.asked, name) ? this.asked[name] : null;
  }

  /** Takes over what the page's address says. */
  follow() {
    this.text = this.parameter('scenario') || this.original || '';
    this.question = this.parameter('question') ?? this.question;
    this.answer = this.parameter('answer') ?? this.answer;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.removeEventListener('keydown', this.#pressKey);
    this.play(false);
  }

  async #load() {
    try {
      const link = location.search && (await import('../share/asked.js'));
      const [doorbell, asked] = await Promise.all([this.load(), link ? link.askedOf(this) : {}]);
      this.doorbell = doorbell;
      this.asked = asked;
      this.follow();
      this.start();
      this.go(Number(this.parameter('step')) || 0);
      for (const tool of this.#tools) if (tool.isWanted?.(this)) this.toggle(tool);
    } catch (error) {
      this.error = /** @type {Error} */ (error);
    }
  }

  get #tools() {
    return /** @type {typeof Demo} */ (this.constructor).tools;
  }

  /** Runs the text, and goes to the start. While the text has mistakes, what ran before stays on show. */
  start() {
    this.#first ??= this.snapshot;
    try {
      this.show(this.text);
      this.error = undefined;
    } catch (error) {
      this.error = /** @type {Error} */ (error);
      const { text } = this;
      this.tell(error, () => text === this.text && this.start());
    }
  }

  /** Until help has come a mistake has its place alone. @param {unknown} error @param {() => void} again */
  async tell(error, again) {
    (await import('../../core/advice-in-page.js')).help(this, error, again);
  }

  /** Runs a scenario, and goes to the start. @param {string} text */
  show(text) {
    this.trace = this.run(text);
    this.shown = text;
    this.#told = 0;
    this.#reserved = longestReasons(this.trace);
    this.play(false);
    this.#stand(0);
  }

  /** A press may disable the button that was pressed; the keys go on working. @param {Map<string, unknown>} changed */
  updated(changed) {
    if (changed.has('trace')) this.dispatchEvent(new Event('shown'));
    if (changed.has('position')) this.dispatchEvent(new Event('moved'));
    if (changed.has('text') || changed.has('error')) this.dispatchEvent(new Event('edited'));
    if (this.question) import('../share/demo-question.js').catch(() => {}); // the next time, then
    if (changed.get('trace') || changed.get('text')) this.remember(); // it was another one before
    if (this.trace) this.#arrive(this);
    if (this.#pressed?.matches(':disabled')) this.#focus();
    this.#pressed = null;
  }

  get atEnd() {
    return !this.trace || this.position === this.trace.stepCount;
  }

  /** Is the picture still on its way to the position? Then its reason is not told yet. */
  get isMoving() {
    return false;
  }

  /** Makes the scene something that the hand can change; a touch holds what it is at. @param {any} [_touch] */
  takeHold(_touch) {
    return /** @type {unknown} */ (undefined);
  }

  /** The hand is at what it can change. A page that scrolls under a mouse is none. @param {PointerEvent} event */
  #reach({ type, movementX, target, pointerId, clientX, clientY }) {
    const touch = type === 'pointermove' ? undefined : { pointerId, clientX, clientY };
    if ((touch || movementX) && /** @type {Element} */ (target).closest('.time-chart, .bells')) this.takeHold(touch);
  }

  // ---- moving -------------------------------------------------------------------------------------------------------

  /** A button or a key goes to a position, and shows it. @param {number} position */
  #press(position) {
    this.#face();
    this.go(position);
  }

  #run() {
    this.#face();
    this.play(!this.playing);
  }

  /** Whoever plays has the scene in view, and the keys: Safari gives the focus to no button that is clicked. */
  #face() {
    this.room.show();
    if (!this.shadowRoot?.activeElement) this.#focus();
  }

  #focus() {
    /** @type {HTMLElement} */ (this.shadowRoot?.querySelector('.stage')).focus({ preventScroll: true });
  }

  /** Moves to a position, and stops running. @param {number} position */
  go(position) {
    this.play(false);
    this.#move(position);
  }

  /** Starts or stops running by itself. @param {boolean} playing */
  play(playing) {
    this.playing = playing && !this.atEnd;
    clearTimeout(this.#timer);
    if (this.playing) this.#playOn();
  }

  #playOn = () => {
    this.#move(this.position + this.stride);
    this.playing = !this.atEnd;
    if (this.playing) this.#timer = window.setTimeout(this.#playOn, PACES[this.speed]);
  };

  /** How many steps a run by itself takes at once: a demo whose steps repeat may take more. */
  get stride() {
    return 1;
  }

  /** @param {number} position */
  #move(position) {
    for (const animation of this.shadowRoot?.getAnimations() ?? []) animation.finish(); // a press acts at once
    this.#stand(position);
  }

  /** @param {number} position */
  #stand(position) {
    if (!this.trace) return;
    this.#pressed = this.shadowRoot?.activeElement ?? null;
    this.held = undefined;
    this.position = Math.max(0, Math.min(position, this.trace.stepCount));
  }

  /** Keys for whoever is in the demo, but not where a key means something else: in a text, on a choice or a slider. */
  #pressKey = (/** @type {KeyboardEvent} */ event) => {
    const target = /** @type {HTMLElement} */ (event.composedPath()[0]);
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (target.matches('input, select, textarea') || !this.trace) return;
    if (event.key === ' ' && target.matches('button, summary, a')) return;
    const keys = {
      ArrowRight: () => this.#press(this.position + 1),
      ArrowLeft: () => this.#press(this.position - 1),
      ArrowDown: () => this.#press(this.position + 1),
      ArrowUp: () => this.#press(this.position - 1),
      ' ': () => this.#run(),
      Home: () => this.#press(0),
      End: () => this.#press(this.trace?.stepCount ?? 0),
    };
    if (!(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  };

  // ---- the scenario -------------------------------------------------------------------------------------------------

  /** @param {string} text */
  edit(text) {
    this.text = text;
    this.start();
  }

  /** What a change of the scenario changes, as plain data. */
  get snapshot() {
    return { text: this.text };
  }

  /** Goes back to what was shown then. @param {Demo<any>['snapshot']} snapshot */
  recall({ text }) {
    this.edit(text);
  }

  /** From now on changes can be undone, and the first one too. */
  async remember() {
    if (this.undo) return;
    const { Undo } = await import('../editor/undo.js');
    this.undo ??= new Undo(this, this.#first ?? this.snapshot);
  }

  /** Back to the scenario that stands in the page. */
  restore() {
    this.edit(this.original ?? '');
  }

  /** What a link must say to lead to what is shown. @returns {Record<string, string>} */
  get parameters() {
    if (this.challenge) return { challenge: this.challenge };
    return this.text === this.original ? {} : { scenario: this.text };
  }

  // ---- what is shown ------------------------------------------------------------------------------------------------

  render() {
    if (!this.doorbell) return this.error ? html`<slot></slot>` : html`<slot name="still"></slot>`;
    return html`
      <div class="demo" role="group" aria-label=${this.label}>
        ${this.question ? html`<demo-question .demo=${this}></demo-question>` : nothing}
        ${this.notice ? html`<p class="cannot" role="alert">${this.notice}</p>` : nothing}
        ${this.trace ? [this.#renderPlayer(this.trace), this.#renderTools()] : nothing} ${this.#renderEditor()}
      </div>
      <div class="on-paper"><slot></slot></div>
    `;
  }

  /** What the command calls the lesson; '' of what is no trace of one. @returns {string} */
  get lesson() {
    return '';
  }

  /** The demo's name for who cannot see it. @returns {string} */
  get label() {
    return 'Demo';
  }

  /** What the scene is called, and a choice beside it. @returns {unknown} */
  renderHead() {
    return nothing;
  }

  /** What to do after the last step. */
  get next() {
    return '';
  }

  /** @param {Run} _trace @returns {unknown} */
  renderScene(_trace) {
    return nothing;
  }

  /** Under the player. @param {Run} _trace @returns {unknown} */
  renderResults(_trace) {
    return nothing;
  }

  /** What happened at a position, in a few words; the reason is added. @param {Run} _trace @param {number} _position */
  describe(_trace, _position) {
    return '';
  }

  /**
   * Said before it: how a prediction turned out; or at the most, to keep room.
   *
   * @type {(position: number, isKept: boolean) => string}
   */
  verdict = () => '';

  /** What happened at a position, and why. @param {Run} trace @param {number} position @returns {unknown} */
  renderWhy(trace, position, isKept = false) {
    const reason = position > 0 ? trace.step(position - 1).reason : '';
    return html`
      ${said(this.verdict(position, isKept) + this.describe(trace, position), reason)}
      ${position === trace.stepCount && this.next ? html`<em>${this.next}</em>` : nothing}
    `;
  }

  /** @param {Run} trace */
  #renderPlayer(trace) {
    if (!this.isMoving && this.#told !== this.position) {
      this.#told = this.position;
      this.dispatchEvent(new Event('told'));
    }
    return html`
      <div class="head">${this.renderHead()}</div>
      <div class="player">
        <div
          class="stage"
          tabindex="0"
          role="group"
          aria-label=${`${this.label}: arrow keys step, Space runs`}
          @pointermove=${this.#reach}
          @pointerdown=${this.#reach}
        >
          ${this.renderScene(trace)}
        </div>
        ${this.#renderButtons()}
        <div class="reason">
          <div class="why ${this.isMoving ? 'past' : ''}" role="status">
            ${this.held ? said(...this.held.words) : this.renderWhy(trace, this.#told)}
          </div>
          ${this.#reserved.map((k) => html`<div class="kept" aria-hidden="true">${this.renderWhy(trace, k, true)}</div>`)}
        </div>
        ${this.#renderTuning(trace.stepCount)}
        <div class="ruler"></div>
      </div>
      ${this.renderResults(trace)}
    `;
  }

  #renderButtons() {
    return html`
      <div class="buttons">
        ${this.#buttons.map(
          ({ label, key, icon, press, off }) => html`
            <button
              type="button"
              class=${label === 'Step' ? 'main' : ''}
              ?disabled=${off()}
              aria-keyshortcuts=${key}
              aria-pressed=${label === 'Run' ? String(this.playing) : nothing}
              @click=${press}
            >
              <svg viewBox="0 0 16 16" aria-hidden="true"><path d=${icon} /></svg>${label}
            </button>
          `,
        )}
      </div>
    `;
  }

  /** @param {number} count of the steps */
  #renderTuning(count) {
    return html`
      <div class="tuning">
        <div class="scrubber">
          <input
            type="range"
            aria-label="Position"
            min="0"
            max=${count}
            .value=${String(this.position)}
            aria-valuetext=${`step ${this.position} of ${count}`}
            @input=${(/** @type {InputEvent & { target: HTMLInputElement }} */ event) => this.go(+event.target.value)}
          />
          <span class="count">${this.position}/${count}</span>
        </div>
        <select
          aria-label="Speed"
          .value=${this.speed}
          @change=${(/** @type {Event & { target: HTMLSelectElement }} */ event) => (this.speed = event.target.value)}
        >
          ${Object.keys(PACES).map(
            (speed) => html`<option value=${speed} ?selected=${speed === this.speed}>${speed} speed</option>`,
          )}
        </select>
      </div>
    `;
  }

  #renderTools() {
    const tools = this.#tools;
    return html`
      <div class="buttons tools">
        ${tools.map(
          (tool) => html`
            <button type="button" aria-expanded=${String(this.#opened.has(tool))} @click=${() => this.toggle(tool)}>
              ${tool.name}
            </button>
          `,
        )}
        ${this.editing ? nothing : this.undo?.buttons}
      </div>
      ${[...this.#opened.values()]}
    `;
  }

  /** Opens a tool, or closes it. @param {Tool} tool */
  async toggle(tool) {
    if (!this.#opened.delete(tool)) {
      await tool.load();
      this.#opened.set(tool, Object.assign(document.createElement(tool.tag), { demo: this }));
    }
    this.requestUpdate();
  }

  #renderEditor() {
    return html`
      <details
        class="editor"
        ?open=${this.editing}
        @toggle=${(/** @type {Event & { target: HTMLDetailsElement }} */ event) => {
          this.editing = event.target.open;
          if (this.editing) import('../editor/scenario-editor.js').catch(() => (this.editing = false));
        }}
      >
        <summary>Edit the scenario</summary>
        <scenario-editor .demo=${this}></scenario-editor>
      </details>
    `;
  }
}
