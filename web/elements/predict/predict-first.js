// @ts-check
import { html, nothing } from 'lit';
import { challengeFromLink } from '../../scenario/random.js';
import { demoStyles } from '../player/demo-styles.js';
import { remember } from '../player/memory.js';
import { Tool } from '../player/tool.js';
import { Challenges } from './challenges.js';
import { longestVerdict, Predictions, scoreInWords, verdictInWords, verdictOf } from './predictions.js';
import styles from './predict-first.css';
import sceneStyles from './scene.css';
import { takeByHand } from './take-by-hand.js';
import './what-next.js';
import { whereIs, whyNot } from './where.js';

const SETTLED = 2; // frames, after which a picture has its room
const AROUND = 6; // letters: so wide is what is around the name on a button
const READ = 40; // the questions of so many steps are looked at, for the room that they need

const MARKS = { right: '✓', allowed: '✓', wrong: '✗', open: '?' };

/**
 * Predict first, in a demo: before a step the learner says what comes next, and the step confirms or corrects it. The
 * question stands under the reason, the score and the challenges here. While it is closed the demo just shows.
 *
 *     <predict-first .demo=${demo}></predict-first>
 */
export class PredictFirst extends Tool {
  static styles = [demoStyles, styles];

  /** Of the trace that is on show. @type {Predictions} */ #predictions = /** @type {any} */ (undefined);
  /** @type {Challenges} */ #challenges = /** @type {any} */ (undefined);
  #position = 0;
  #question = /** @type {import('./what-next.js').WhatNext} */ (document.createElement('what-next'));
  /** The longest verdicts of the run, by position. @type {Map<number, string>} */
  #kept = new Map();
  /** @type {(() => void) | undefined} */ #letGo = undefined;

  constructor() {
    super();
    this.#question.addEventListener('guess', (event) => this.guess(/** @type {CustomEvent} */ (event).detail));
    this.#question.addEventListener('next', () => this.#take(this.#challenges.next));
  }

  connectedCallback() {
    super.connectedCallback();
    const { demo } = this;
    this.#follow();
    this.#challenges = new Challenges(demo);
    this.#position = demo.position;
    remember('predict', true);
    demo.verdict = this.#verdict;
    demo.addEventListener('told', this);
    demo.addEventListener('keydown', this.#pressKey);
    const root = /** @type {ShadowRoot} */ (demo.shadowRoot);
    root.querySelector('.reason')?.append(this.#question);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.#sheet];
    this.#letGo = takeByHand(demo, (statement) => this.guess(statement));
    const linked = challengeFromLink(demo.parameter('challenge'), this.#challenges.count);
    if (linked && !demo.challenge) this.#challenges.take(linked.level, linked.seed);
    this.#ask();
    demo.requestUpdate();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    const { demo } = this;
    if (demo.isConnected) remember('predict', false);
    demo.verdict = () => '';
    demo.removeEventListener('told', this);
    demo.removeEventListener('keydown', this.#pressKey);
    this.#letGo?.();
    this.#question.remove();
    this.#mark('');
    const root = /** @type {ShadowRoot} */ (demo.shadowRoot);
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
    demo.requestUpdate();
  }

  get #sheet() {
    return /** @type {CSSStyleSheet} */ (/** @type {import('lit').CSSResult} */ (sceneStyles).styleSheet);
  }

  /** Of another trace other things are asked. */
  #follow() {
    const { trace, orders } = this.demo;
    if (trace === this.#predictions?.trace) return;
    this.#predictions = new Predictions(trace, orders);
    this.#kept.clear();
    this.#position = 0;
    const letters = (/** @type {string[]} */ names) => names.reduce((sum, name) => sum + name.length + AROUND, 0);
    this.#question.most = Array.from({ length: Math.min(READ, trace.stepCount) }, (_, k) =>
      (this.#predictions.questionAt(k)?.candidates ?? []).map(({ name }) => name),
    ).reduce((most, names) => (letters(names) > letters(most) ? names : most), []);
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { demo } = this;
    if (event.type === 'shown' && !this.#challenges.current) demo.challenge = '';
    this.#follow();
    if (event.type === 'moved') {
      this.#predictions.move(this.#position, demo.position);
      this.#position = demo.position;
      if (demo.atEnd && demo.trace.stepCount) this.#challenges.finish(this.#predictions.score);
    }
    this.#ask();
    super.handleEvent(event);
  }

  /** What the demo says before what happened. @param {number} position @param {boolean} isKept */
  #verdict = (position, isKept) => {
    this.#follow();
    if (!position) return this.#title;
    if (isKept) return this.#longest(position);
    const question = this.#predictions.questionAt(position - 1);
    const guess = this.#predictions.guessAt(position - 1);
    if (!question || guess === undefined) return '';
    return `${MARKS[verdictOf(question, guess)]} ${verdictInWords(question, guess, this.#whyNot(position))} `;
  };

  /** @param {number} position @returns {(candidate: import('./predictions.js').Candidate) => string} */
  #whyNot = (position) => (candidate) => whyNot(this.demo, position - 1, candidate);

  /** The challenge, said where it begins. */
  get #title() {
    const { current, count } = this.#challenges;
    return current ? `Challenge ${current.level} of ${count}: ${current.name}. ` : '';
  }

  /** @param {number} position */
  #longest(position) {
    const known = this.#kept.get(position);
    if (known !== undefined) return known;
    const question = this.#predictions.questionAt(position - 1);
    const longest = question ? `✓ ${longestVerdict(question, this.#whyNot(position))} ` : '';
    this.#kept.set(position, longest);
    return longest;
  }

  /** Asks about the next step; while the picture is on its way, the question before stands. */
  #ask() {
    const { demo } = this;
    this.#follow();
    const asked = demo.isMoving ? demo.position - 1 : demo.position;
    const question = this.#predictions.questionAt(asked);
    const isAtEnd = demo.position === demo.trace.stepCount;
    Object.assign(this.#question, {
      answers: question?.candidates.map((one) => ({ ...one, where: whereIs(demo, one) })) ?? [],
      picked: demo.isMoving ? (this.#predictions.guessAt(asked) ?? -1) : undefined,
      note: isAtEnd ? `The end: ${scoreInWords(this.#predictions.score)}.` : 'No choice here: press Step.',
      next: (isAtEnd && this.#nextInWords) || '',
    });
    this.#stage?.classList.toggle('asks', question !== null && !demo.isMoving);
    const guess = this.#predictions.guessAt(demo.position - 1);
    const answered = this.#predictions.questionAt(demo.position - 1);
    this.#mark(!demo.isMoving && answered && guess !== undefined ? verdictOf(answered, guess) : '');
  }

  /** What is offered when a challenge is at its end. */
  get #nextInWords() {
    const { result, next } = this.#challenges;
    return result && (next === result.level ? 'Another one' : `Challenge ${next}`);
  }

  get #stage() {
    return this.demo.shadowRoot.querySelector('.stage');
  }

  /** The line beside the reason. @param {string} verdict */
  #mark(verdict) {
    const { classList } = this.demo.shadowRoot.querySelector('.reason');
    classList.toggle('confirmed', verdict === 'right' || verdict === 'allowed');
    classList.toggle('corrected', verdict === 'wrong');
    if (!this.isConnected) this.#stage?.classList.remove('asks');
  }

  /** The learner says what comes next; then it comes. @param {number} statement */
  guess(statement) {
    const { demo } = this;
    const question = this.#predictions.questionAt(demo.position);
    if (demo.isMoving || !question?.candidates.some((one) => one.statement === statement)) return;
    this.#predictions.guess(demo.position, statement);
    const { name } = demo.trace.statements[statement];
    const detail = { position: demo.position, name, verdict: verdictOf(question, statement) };
    demo.dispatchEvent(new CustomEvent('predict', { bubbles: true, detail }));
    demo.room.show();
    demo.go(demo.position + 1);
  }

  /** A number key says it too; and at the end the Enter key goes on. @param {KeyboardEvent} event */
  #pressKey = (event) => {
    const target = /** @type {HTMLElement} */ (event.composedPath()[0]);
    if (event.ctrlKey || event.altKey || event.metaKey || target.matches('input, select, textarea')) return;
    const question = this.#predictions.questionAt(this.demo.position);
    const answer = question?.candidates[Number(event.key) - 1];
    if (answer) this.guess(answer.statement);
    if (event.key === 'Enter' && target.matches('.stage') && this.#nextInWords) this.#take(this.#challenges.next);
  };

  /** Closes, takes the step, and stays closed the next time. */
  #justShow() {
    const { demo } = this;
    demo.toggle(demo.constructor.tools.find((/** @type {{ tag: string }} */ { tag }) => tag === this.localName));
    if (!demo.atEnd) demo.go(demo.position + 1);
    this.#stage?.focus({ preventScroll: true });
  }

  render() {
    const { current, result, count, passed, next } = this.#challenges;
    const { score } = this.#predictions;
    return html`
      <section aria-label="Predictions">
        <p class="score" role="status">
          ${score.asked ? html`<b>${scoreInWords(score)}</b>` : 'Take the one that you believe comes next: under the picture, or in it.'}
        </p>
        <button type="button" class="show" @click=${this.#justShow}>Just show me</button>
        ${this.demo.hasChallenges === false ? nothing : this.#renderChallenges(current, result, count, passed, next)}
      </section>
    `;
  }

  /**
   * @param {Challenges['current']} current @param {Challenges['result']} result @param {number} count
   * @param {Set<number>} passed @param {number} next
   */
  #renderChallenges(current, result, count, passed, next) {
    return html`
      <p class="challenge">
        ${
          current
            ? html`<b>Challenge ${current.level} of ${count}:</b> ${current.name.replace(/(\d) ms/g, '$1\u00a0ms')}`
            : html`Ten challenges, each a fresh scenario, from “${this.#challenges.nameOf(1)}” to
              “${this.#challenges.nameOf(count)}”.`
        }
      </p>
      <ol class="lamps" aria-label=${`${passed.size} of ${count} challenges done without a mistake`}>
        ${Array.from({ length: count }, (_, i) => i + 1).map(
          (level) => html`
            <li
              class=${passed.has(level) ? 'done' : ''}
              aria-current=${level === current?.level ? 'step' : nothing}
              aria-label=${`Challenge ${level}${passed.has(level) ? ', done' : ''}`}
            >
              ${passed.has(level) ? '✓' : level}
            </li>
          `,
        )}
      </ol>
      <div class="buttons">${this.#renderButtons(current, result, next)}</div>
      <p class="end" role="status">${result ? this.#renderEnd(result, next) : nothing}</p>
    `;
  }

  /**
   * @param {Challenges['current']} current @param {Challenges['result']} result @param {number} next
   */
  #renderButtons(current, result, next) {
    const take = (/** @type {number} */ level) => () => this.#take(level);
    const goesOn = !current || (result && next !== current.level);
    return html`
      ${goesOn ? html`<button type="button" @click=${take(next)}>Take challenge ${next}</button>` : nothing}
      ${current ? html`<button type="button" @click=${take(current.level)}>Another of this kind</button>` : nothing}
    `;
  }

  /** @param {import('../../scenario/random.js').Result} result @param {number} next */
  #renderEnd({ level, right, asked }, next) {
    const { count, passed, results } = this.#challenges;
    if (right < asked)
      return `${right} of ${asked} predicted. ${next < level ? 'An easier one comes first.' : 'Read why, and try another.'}`;
    if (level < count) return 'All predicted.';
    const sum = (/** @type {'right' | 'asked'} */ part) => results.reduce((all, result) => all + result[part], 0);
    const all = passed.size === count ? 'All ten challenges done.' : 'The hardest one, without a mistake.';
    return `${all} ${sum('right')} of ${sum('asked')} predicted on the way.`;
  }

  /** The picture of a challenge may be higher than the last: it is scrolled to when it stands. @param {number} level */
  async #take(level) {
    this.#challenges.take(level);
    this.#stage?.focus({ preventScroll: true });
    for (let frame = 0; frame < SETTLED; frame++) await new Promise(requestAnimationFrame);
    this.demo.room.show();
  }
}

customElements.get('predict-first') ?? customElements.define('predict-first', PredictFirst);
