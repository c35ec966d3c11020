// @ts-check
import { html, LitElement, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { dedent } from '../../elements/player/dedent.js';
import { inMs } from '../../elements/player/labels.js';
import { decode, encode } from '../../scenario/link.js';
import { Moments } from '../player/moments.js';
import { SAMPLES } from '../host/samples.js';
import { departure, linesOf, toldOf } from '../player/prediction.js';
import { HOLE, partOf, runHere, whyNotHere } from '../player/real-run.js';
import { scenarioOf } from '../player/scenario.js';
import { States } from '../player/state.js';
import { examples } from '../examples.js';
import { consoleOf } from './console.js';
import { outputs } from './outputs.js';
import { trays } from './trays.js';
import controls from '../../elements/player/controls.css';
import styles from './event-loop-playground.css';

const PAUSE_MS = 100; // after the last letter
const PLAY_MS = 700; // from one moment to the next
const LINES_SEEN = 6; // of a prediction, at a time

/** It comes in parts: what the reader does meanwhile, a press or a scroll, is answered between them. */
const nextTask = () => new Promise((resolve) => setTimeout(resolve));

/**
 * Any JavaScript, run by the core's loop and stepped: statements, the call stack, every queue, the console.
 *
 *     <event-loop-playground host="node" step="3"><pre>a program</pre></event-loop-playground>
 *
 * `step` is the moment that it begins at. Without a program it offers examples, and begins with the first of them;
 * `examples` names those that it offers, and `host` whose loop runs them, if not their own. `page` is the address of
 * the page that its links lead to, and that reads them: empty for the page that it stands in; without it there are
 * none. `desk` is, in the same way, the page with the `<event-loop-demo>` that plays the scenario of what a program
 * did.
 *
 * Of itself it is what is seen. The engine and the editor, ten times as much, come when it begins.
 */
export class EventLoopPlayground extends LitElement {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = {
    host: { type: String },
    module: { type: Boolean },
    step: { type: Number },
    page: { type: String },
    desk: { type: String },
    examples: { type: String },
    moment: { state: true },
    fault: { state: true },
    recording: { state: true },
    refusal: { state: true },
    isRunning: { state: true },
    isPlaying: { state: true },
    orders: { state: true },
    isLooking: { state: true },
    told: { state: true },
    real: { state: true },
    notice: { state: true },
    example: { state: true },
    verdict: { state: true },
  };

  static styles = [controls, styles];

  /** @type {import('../player/runner.js').Runner | undefined} */ #runner;
  /** @type {import('./code-editor.js').CodeEditor | undefined} */ #editor;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #pause;
  /** @type {ReturnType<typeof setInterval> | undefined} */ #clock;

  constructor() {
    super();
    /** @type {'browser' | 'node'} */
    this.host = 'browser';
    this.module = false;
    this.step = 0;
    this.moment = 0;
    /** @type {string | null} */
    this.page = null;
    /** @type {string | null} */
    this.desk = null;
    /** @type {string | null} */
    this.examples = null;
    this.hasOwn = false; // a program
    this.fault = ''; // why it could not begin
    /** @type {import('../player/record.js').Recording | null} */
    this.recording = null;
    /** @type {Moments | null} */
    this.moments = null;
    /** @type {States | null} */
    this.states = null;
    /** @type {import('../player/refusal.js').Refusal | null} */
    this.refusal = null;
    this.isRunning = true;
    this.isPlaying = false;
    /** What else it may print. @type {import('../player/runner.js').Orders | null} */
    this.orders = null;
    this.isLooking = false; // for orders
    this.told = ''; // why a tool did nothing
    /** What this browser printed, and what that says. @type {{ lines: string[], at: number, said: string } | null} */
    this.real = null;
    this.notice = '';
    this.source = '';
    /** Which of the examples it is, while its text is unchanged; -1 for none. */
    this.example = -1;
    this.verdict = ''; // on what the learner expects of the console
    /** Where that parts from it. @type {import('../player/prediction.js').Departure | null} */
    this.parting = null;
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.hasUpdated) {
      if (this.isRunning || this.isLooking) this.rerun(); // it was taken from its place, and that broke it off
      return;
    }
    const own = dedent((this.querySelector('pre') ?? this).textContent ?? '');
    this.hasOwn = own.trim() !== '';
    if (this.hasOwn) this.source = `${own}\n`;
    else if (this.offered.length) this.#take(0);
  }

  /** The examples that can be chosen. */
  get offered() {
    const names = this.examples?.split(/\s+/);
    return examples.filter(({ name }) => names?.includes(name) ?? !this.hasOwn);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#pause);
    this.#runner?.stop();
    this.#stopPlaying();
  }

  firstUpdated() {
    this.#takeFocus();
    this.begin();
  }

  /** Until it has come, its place can be reached by the tabulator (see when-reached.js). */
  #takeFocus() {
    const isHere = this.matches(':focus');
    this.removeAttribute('tabindex');
    if (isHere) /** @type {HTMLElement} */ (this.renderRoot.querySelector('.player')).focus({ preventScroll: true });
  }

  /** Whoever says another host starts over. @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (!this.isRunning && (changed.has('host') || changed.has('module'))) this.rerun();
    if (changed.has('step')) this.go(this.step);
  }

  /** Fetches what it is made of, and runs. */
  async begin() {
    const moment = (await this.#asked()) || this.step;
    try {
      // It gets ready in a thread of its own, while the editor comes.
      const running = import('../player/runner.js').then(({ Runner }) => (this.#runner = new Runner()));
      const [{ CodeEditor }] = await Promise.all([import('./code-editor.js'), running]);
      await nextTask();
      const parent = /** @type {HTMLElement} */ (this.renderRoot.querySelector('.editor'));
      this.#editor = new CodeEditor(parent, /** @type {ShadowRoot} */ (this.renderRoot), this.source, (text) => {
        this.source = text;
        this.#forget();
        this.#soon();
      });
    } catch (error) {
      this.#runner?.stop();
      this.fault = `What it is made of could not be fetched: ${error instanceof Error ? error.message : 'try again'}.`;
      return;
    }
    await nextTask();
    await this.rerun();
    this.go(moment);
  }

  /** Takes from the page's address what a link brings; the moment that it tells. */
  async #asked() {
    const link = this.page === '' && new URLSearchParams(location.search).get('play');
    if (!link) return 0;
    try {
      const { program, host, module, moment } = await decode(link);
      if (program !== undefined) {
        this.source = program;
        this.#forget();
      }
      if (host === 'browser' || host === 'node') this.host = host;
      this.module = module === 'yes';
      return Number(moment) || 0;
    } catch (error) {
      this.notice = /** @type {Error} */ (error).message;
      return 0;
    }
  }

  // ---- a run -------------------------------------------------------------------------------------------------------

  #soon() {
    clearTimeout(this.#pause);
    this.isRunning = true;
    this.#runner?.prepare();
    this.#pause = setTimeout(() => this.rerun(), PAUSE_MS);
  }

  async rerun() {
    clearTimeout(this.#pause);
    this.#pause = undefined;
    this.#stopPlaying();
    this.isRunning = true;
    this.verdict = '';
    this.parting = null;
    this.#clear();
    this.isLooking = false;
    const { host } = this;
    if (!this.#runner || !this.#editor) return; // it has not begun
    const answer = await this.#runner.run(this.source, { host, module: this.module });
    if (!answer || this.#pause) return; // another run has come, or comes: the program is edited
    this.isRunning = false;
    this.#player.style.removeProperty('--room');
    this.moment = 0;
    this.refusal = 'refusal' in answer ? answer.refusal : null;
    this.recording = 'recording' in answer ? answer.recording : null;
    this.moments = this.recording && new Moments(this.recording);
    this.states = this.recording && this.moments && new States(this.recording, this.moments);
    await this.updateComplete;
    this.dispatchEvent(new Event('ran'));
  }

  /** What a tool showed or said. */
  #clear() {
    this.orders = null;
    this.real = null;
    this.told = '';
  }

  /** The program is no example any more. */
  #forget() {
    this.example = -1;
    this.notice = '';
  }

  /** @param {number} index */
  #take(index) {
    const { program, host, module } = this.offered[index];
    this.#forget();
    Object.assign(this, { source: program, host: this.getAttribute('host') ?? host, module, example: index });
  }

  /** @param {number} index */
  #choose(index) {
    this.#take(index);
    /** @type {HTMLFormElement | null} */ (this.renderRoot.querySelector('.question'))?.reset();
    this.#show();
  }

  /** Runs another program. @param {string} text */
  edit(text) {
    this.#runner?.prepare();
    this.#forget();
    this.source = text;
    return this.#show();
  }

  #show() {
    if (this.#editor) this.#editor.text = this.source;
    return this.rerun();
  }

  /** @param {SubmitEvent} event */
  async #answer(event) {
    event.preventDefault();
    this.#compare(String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('answer')));
    await this.updateComplete;
    const table = /** @type {HTMLElement} */ (this.renderRoot.querySelector('.table'));
    if (table.offsetHeight < innerHeight) table.scrollIntoView({ block: 'nearest' });
  }

  /**
   * Compares what the learner wrote with what the console showed, and goes to where the two part: one line answers an
   * example's question, all else is a console.
   *
   * @param {string} said
   */
  #compare(said) {
    const shown = this.recording?.console ?? [];
    const example = this.offered[this.example];
    this.parting = null;
    if (example && linesOf(said).length === 1) {
      const { answer, line, why } = example;
      this.verdict = `${linesOf(said)[0] === answer ? 'Right' : `It is “${answer}”`}. ${why}`;
      this.#goToLine(shown.at(line < 0 ? line : line - 1));
      return;
    }
    const parting = departure(said, shown);
    this.parting = parting;
    const step = parting && this.recording?.steps[Math.max(shown[parting.index]?.step ?? 0, 0)];
    this.verdict = parting
      ? toldOf(parting, Boolean(step?.guaranteed))
      : `Right, every line.${example ? ` ${example.why}` : ''}`;
    if (parting && parting.is !== null) this.#goToLine(shown[parting.index]);
    else this.go(this.last);
  }

  /** To the moment that wrote a line. @param {import('../player/record.js').Line | undefined} line */
  #goToLine(line) {
    if (line) this.#goTo(Math.max(line.step, 0), line.at);
  }

  /** A line that says what happens around the program, for the learner to change. @param {Event} event */
  #addLine({ target }) {
    const select = /** @type {HTMLSelectElement} */ (target);
    const { text } = SAMPLES[/** @type {keyof typeof SAMPLES} */ (select.value)];
    select.value = '';
    this.edit(`${text}\n${this.source}`);
  }

  // ---- moving ------------------------------------------------------------------------------------------------------

  get last() {
    return this.moments ? this.moments.count - 1 : 0;
  }

  /** @param {number} moment */
  go(moment) {
    this.moment = Math.max(0, Math.min(this.last, Math.trunc(moment)));
    if (this.moment === this.last) this.#stopPlaying();
  }

  /** To a step, and a place in it. @param {number} step @param {number} at */
  #goTo(step, at) {
    if (this.moments) this.go(this.moments.momentOf(step, at));
  }

  #stopPlaying() {
    clearInterval(this.#clock);
    this.isPlaying = false;
  }

  /** Runs it by itself, or stops that. */
  play(runs = !this.isPlaying) {
    this.#stopPlaying();
    if (!runs) return;
    this.isPlaying = true;
    this.#clock = setInterval(() => this.go(this.moment + 1), PLAY_MS);
  }

  /** @type {Record<string, () => void>} */
  #keys = {
    ArrowRight: () => this.go(this.moment + 1),
    ArrowLeft: () => this.go(this.moment - 1),
    ArrowDown: () => this.moments && this.go(this.moments.over(this.moment)),
    PageDown: () => this.moments && this.go(this.moments.nextCallback(this.moment)),
    Home: () => this.go(0),
    End: () => this.go(this.last),
    ' ': () => this.play(),
  };

  get #player() {
    return /** @type {HTMLElement} */ (this.renderRoot.querySelector('.player'));
  }

  /**
   * Where the window is small, a press, of a key too, brings buttons, reason and queues into it together; under the
   * editor, where they grow as the queues fill, in any case: the buttons to its top, where they stay, for below them
   * there is room enough, and no less than there was. Where what had the focus is gone, or cannot be pressed any more,
   * the player takes it: the keys go on.
   *
   * @param {() => void} act
   */
  async #press(act) {
    act();
    await this.updateComplete;
    const player = this.#player;
    const { activeElement } = /** @type {ShadowRoot} */ (this.renderRoot);
    if (!activeElement || activeElement.matches(':disabled')) player.focus({ preventScroll: true });
    const { top, bottom, height } = player.getBoundingClientRect();
    const line = /** @type {HTMLElement | null} */ (player.querySelector('.runs'));
    const isUnderEditor = line !== null && line.offsetHeight > 0;
    if (isUnderEditor) player.style.setProperty('--room', `${height}px`);
    if (!isUnderEditor && top >= 0 && bottom <= innerHeight) return;
    player.scrollIntoView();
    const padding = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
    const missing = player.getBoundingClientRect().top - padding;
    if (!isUnderEditor || missing <= 1) return; // else the page ends too early for that
    player.style.setProperty('--room', `${height + missing}px`);
    player.scrollIntoView();
  }

  /** On the player itself, or on a button of its own or of the console: a hand may go from the mouse to the keys.
   * @param {KeyboardEvent} event */
  #pressKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const isOnButton = /** @type {HTMLElement} */ (event.target).matches('button');
    const act = this.#keys[event.key];
    if (!act || (isOnButton ? event.key === ' ' : event.target !== this.#player)) return;
    event.preventDefault();
    this.#press(act);
  }

  /** A link to what is shown. */
  async #link() {
    const { source, host, module, moment, page } = this;
    const texts = { program: source, host, module: module ? 'yes' : 'no', moment: String(moment) };
    const link = new URL(page ?? '', location.href);
    link.searchParams.set('play', await encode(texts));
    return link;
  }

  async #copyLink() {
    const link = await this.#link();
    history.replaceState(null, '', link);
    await navigator.clipboard.writeText(link.href).then(
      () => (this.notice = 'The link is copied.'),
      () => (this.notice = 'The link stands in the address bar; copy it there.'),
    );
  }

  /** To the page that has room for it, with what is shown. */
  async #leave() {
    location.assign(await this.#link());
  }

  /** Looks for all that the program may print. */
  async #look() {
    this.#clear();
    this.isLooking = true;
    const { source, host, module } = this;
    const answer = await this.#runner?.orders(source, { host, module });
    if (!answer) return; // a run has come
    this.isLooking = false;
    if ('refusal' in answer) this.told = `The orders could not be found: ${answer.refusal.message}.`;
    else this.orders = answer.orders;
    await this.updateComplete;
    this.renderRoot.querySelector('.orders')?.scrollIntoView({ block: 'nearest' });
  }

  /** Runs the program in this browser, and says what came of that. */
  async #compareHere() {
    const { recording, source, module } = this;
    if (!recording) return;
    this.#clear();
    const why = whyNotHere(recording, source);
    if (why) {
      this.told = `This program is not run here: ${why}.`;
      return;
    }
    this.isLooking = true;
    const ms = (recording.steps.at(-1)?.time ?? 0) / 1000;
    const isOver = () => this.recording !== recording || this.isRunning; // a run has come, or comes
    const lines = await runHere(source, { module, ms });
    if (isOver()) return;
    if (!lines) {
      this.isLooking = false;
      this.told = 'This program could not be run here: the page does not allow it.';
      return;
    }
    const shown = recording.console.filter(({ stream }) => stream === 1).map(({ text }) => text.replace(/\n$/, ''));
    const at = partOf(lines, shown);
    const allowed = at < 0 || (await this.#runner?.allows(source, { host: 'browser', module }, lines));
    if (isOver()) return;
    this.isLooking = false;
    const said =
      at < 0
        ? 'This browser printed the same, line by line.'
        : allowed
          ? 'This browser went another way, which is allowed too: it parts from what you step through at the mark.'
          : allowed === false
            ? 'This browser printed something else, from the mark on. Was it busy? Compare again. If it stays so, one ' +
              'of the two is wrong, the browser or the playground.'
            : 'This browser printed something else, from the mark on. Not every order was looked for: it may be ' +
              'allowed.';
    this.real = { lines: lines.map((line) => line.replaceAll(HOLE, '…')), at, said };
    await this.updateComplete;
    this.renderRoot.querySelector('.orders')?.scrollIntoView({ block: 'nearest' });
  }

  /** Takes what the program did to the desk, as a scenario; or says what of it none can say. */
  async #toDesk() {
    const { recording, host, desk, page } = this;
    if (!recording) return;
    this.#clear();
    const said = scenarioOf(recording);
    if ('unsaid' in said) {
      const [{ line, why }, ...more] = said.unsaid;
      const also = more.length ? ` (And ${more.length} more like that.)` : '';
      this.told = `No scenario can say this${line ? ` (line ${line})` : ''}: ${why}.${also}`;
      return;
    }
    if (!desk) return this.#playOn(/** @type {any} */ (document.querySelector('event-loop-demo')), said.text);
    if (page === '') history.replaceState(null, '', await this.#link()); // the way back leads here
    const link = new URL(desk, location.href);
    link.searchParams.set('demo', await encode({ scenario: said.text, host }));
    location.assign(link);
  }

  /** @param {import('../../elements/desk/event-loop-demo.js').EventLoopDemo} demo @param {string} text */
  async #playOn(demo, text) {
    demo.scrollIntoView(); // where it is reached, it comes
    await customElements.whenDefined('event-loop-demo');
    await demo.arrived;
    demo.take({ host: this.host, text });
    await demo.updateComplete;
    demo.scrollIntoView();
    /** @type {HTMLElement} */ (demo.renderRoot.querySelector('.stage')).focus({ preventScroll: true });
  }

  // ---- what is seen ------------------------------------------------------------------------------------------------

  /** @param {Map<string, unknown>} _changed */
  updated(_changed) {
    if (!this.#editor) return;
    const { refusal, recording, moments, moment, isRunning } = this;
    const place = !isRunning && recording && moments ? moments.place(moment) : null;
    const wrong = refusal && refusal.line > 0 && !isRunning ? this.#editor.rangeOfLine(refusal.line) : null;
    this.#editor.show(place === null || !recording ? null : recording.places[place], wrong);
    const log = this.renderRoot.querySelector('.console ol');
    if (log) log.scrollTop = log.scrollHeight;
  }

  #head() {
    const { host, module, recording, example, offered, page } = this;
    const limit = recording?.limit ?? '';
    const radio = (/** @type {'browser' | 'node'} */ value, /** @type {string} */ name) =>
      html`<label>
        <input type="radio" name="host" .checked=${live(host === value)} @change=${() => this.#set({ host: value })} />
        ${name}
      </label>`;
    const pick = () =>
      html`<label class="pick"
        >Example
        <select @change=${({ target }) => this.#choose(Number(target.value))}>
          ${example < 0 ? html`<option value="-1" selected>your own</option>` : nothing}
          ${offered.map(({ title }, i) => html`<option value=${i} .selected=${i === example}>${title}</option>`)}
        </select></label
      >`;
    return html`<div class="head">
      ${offered.length ? pick() : nothing}
      <fieldset class="choice">
        <legend>Host</legend>
        ${radio('browser', 'Browser')} ${radio('node', 'Node')}
      </fieldset>
      <label class="switch">
        <input type="checkbox" .checked=${live(module)} @change=${() => this.#set({ module: !module })} /> ES module
      </label>
      <label class="pick add"
        >World
        <select @change=${this.#addLine}>
          <option value="" selected>add …</option>
          ${Object.entries(SAMPLES).map(([kind, sample]) =>
            sample.host === host ? html`<option value=${kind}>${sample.title}</option>` : nothing,
          )}
        </select></label
      >
      ${page === '' ? html`<button @click=${this.#copyLink}>Copy link</button>` : nothing}
      ${page ? html`<button @click=${this.#leave}>Open in a page of its own</button>` : nothing}
      <p class="notice" role="status">${this.notice || (limit && `The program was stopped: ${limit}`)}</p>
    </div>`;
  }

  /** What an example asks, before it is stepped; or what any program shows. */
  #question() {
    const question = this.offered[this.example]?.question ?? 'What does the console show?';
    const submit = (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      /** @type {HTMLTextAreaElement} */ (event.target).form?.requestSubmit();
    };
    return html`<form class="question" @submit=${this.#answer}>
      <label
        >${question}
        <textarea
          name="answer"
          rows="1"
          placeholder="one line, or all"
          autocomplete="off"
          spellcheck="false"
          required
          @keydown=${submit}
          @input=${({ target }) => (target.rows = Math.min(target.value.split('\n').length, LINES_SEEN))}
        ></textarea>
      </label>
      <button ?disabled=${this.isRunning || this.refusal !== null}>Check</button>
      <p role="status">${this.verdict}</p>
    </form>`;
  }

  /** @param {{ host?: 'browser' | 'node', module?: boolean }} choice */
  #set(choice) {
    Object.assign(this, choice, { notice: '' });
    this.rerun();
  }

  #buttons() {
    const { moment, last, moments, isPlaying, isRunning } = this;
    const atEnd = isRunning || moment >= last;
    const button = (/** @type {string} */ name, /** @type {() => void} */ act, /** @type {boolean} */ off, look = '') =>
      html`<button class=${look} @click=${() => this.#press(act)} ?disabled=${off}>${name}</button>`;
    return html`<div class="buttons" role="group" aria-label="Steps">
      ${button('Back', () => this.go(moment - 1), isRunning || moment === 0)}
      ${button('Step into', () => this.go(moment + 1), atEnd, 'main')}
      ${button('Step over', () => moments && this.go(moments.over(moment)), atEnd)}
      ${button('Next callback', () => moments && this.go(moments.nextCallback(moment)), atEnd)}
      ${button(isPlaying ? 'Pause' : 'Run', () => this.play(), atEnd)}
      ${button('Reset', () => this.go(0), isRunning || moment === 0)}
      <label class="scrub"
        ><span class="hidden">Moment</span>
        <input
          type="range"
          min="0"
          max=${last}
          .value=${live(String(moment))}
          ?disabled=${isRunning || last === 0}
          @input=${({ target }) => this.go(Number(target.value))}
        />
        <span>${moment}/${last}</span></label
      >
    </div>`;
  }

  /** What can be done with a program besides stepping it. The focus stays on what is pressed. */
  #tools() {
    const { isRunning, isLooking, recording, host, desk } = this;
    const button = (/** @type {string} */ name, /** @type {() => void} */ act) =>
      html`<button @click=${() => isLooking || act()} ?disabled=${isRunning || !recording} aria-disabled=${isLooking}>
        ${name}
      </button>`;
    return html`<div class="tools">
      ${host === 'browser' ? button('Compare with this browser', () => this.#compareHere()) : nothing}
      ${button('All allowed orders', () => this.#look())}
      ${desk === null ? nothing : button('Show at the desk', () => this.#toDesk())}
    </div>`;
  }

  #why(state) {
    const { refusal, fault } = this;
    if (refusal) {
      const where = refusal.line ? `Line ${refusal.line}: ` : '';
      return html`<p class="why wrong"><strong>The program does not run.</strong> ${where}${refusal.message}</p>`;
    }
    if (fault) return html`<p class="why wrong"><strong>The playground could not begin.</strong> ${fault}</p>`;
    if (!state) return html`<p class="why">The playground is loading.</p>`;
    return html`<p class="why"><strong>${inMs(state.time)}: ${state.title}.</strong> ${state.reason}</p>`;
  }

  render() {
    const { source, recording, states, moment, host, isRunning } = this;
    const go = (/** @type {number} */ step, /** @type {number} */ at) => this.#press(() => this.#goTo(step, at));
    const state = states ? states.at(moment) : null;
    const look = `state ${host} ${recording?.promises.length ? 'with-promises' : ''}`;
    return html`<div class="playground ${isRunning ? 'running' : ''}">
      ${this.#head()} ${this.#question()}
      <div class="table">
        <div class="editor"></div>
        ${consoleOf(state, {
          parting: this.parting,
          goToLine: (index) => this.#press(() => this.#goToLine(recording?.console[index])),
          pressKey: (event) => this.#pressKey(event),
        })}
        <div class="player" tabindex="0" role="group" aria-label="Player: arrow keys step" @keydown=${this.#pressKey}>
          ${this.#buttons()}
          <div class="reason" role="status" aria-live="polite">${this.#why(state)}</div>
          <div class=${look}>${state && recording ? trays(state, { source, recording, go }) : nothing}</div>
        </div>
      </div>
      ${this.#tools()} ${outputs(this)}
    </div>`;
  }
}
