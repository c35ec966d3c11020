// @ts-check
import { html, LitElement, nothing } from 'lit';
import { ms } from '../../core/time.js';
import { said } from '../player/demo.js';
import { demoStyles } from '../player/demo-styles.js';
import { arrival } from '../page/when-reached.js';
import { recall, remember } from '../player/memory.js';
import { takeInto } from '../player/take-into.js';
import { EXERCISES } from '../../lessons/exercises.js';
import { compareOrder, compareTime } from './compare.js';
import styles from './lesson-exercises.css';

/**
 * @typedef {import('../../lessons/exercises.js').Exercise} Exercise
 * @typedef {{ picks: string[], number: string, isChecked: boolean }} Answer
 */

/** @type {Answer} */
const NOTHING = { picks: [], number: '', isChecked: false };

/** How often each name comes. @param {string[]} names */
const counted = (names) => {
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

/**
 * The exercises of a lesson, one at a time: the learner writes down what will come, and the model says what came, and
 * why. What was solved is remembered.
 *
 *     <lesson-exercises for="demo" lesson="multiplexer"></lesson-exercises>
 */
export class LessonExercises extends LitElement {
  static properties = {
    for: {},
    lesson: {},
    current: { state: true },
    answers: { state: true },
    solved: { state: true },
    isReady: { state: true },
  };

  static styles = [demoStyles, styles];

  constructor() {
    super();
    this.for = 'demo';
    /** @type {keyof typeof EXERCISES} */
    this.lesson = 'multiplexer';
    this.current = 0;
    /** @type {Answer[]} */
    this.answers = [];
    /** @type {number[]} */
    this.solved = [];
    this.isReady = false;
  }

  connectedCallback() {
    super.connectedCallback();
    const isList = (/** @type {any} */ value) => Array.isArray(value) && value.every(Number.isInteger);
    this.solved = recall('exercises', /** @type {(value: any) => value is number[]} */ (isList)) ?? [];
    this.#awaitDemo();
  }

  async #awaitDemo() {
    await arrival(this.demo);
    this.isReady = true;
  }

  /** @returns {any} */
  get demo() {
    return document.getElementById(this.for);
  }

  /** @returns {Exercise} */
  get #exercise() {
    return EXERCISES[this.lesson][this.current];
  }

  get #answer() {
    return this.answers[this.current] ?? NOTHING;
  }

  /** @param {Partial<Answer>} part */
  #write(part) {
    const answers = [...this.answers];
    answers[this.current] = { ...this.#answer, isChecked: false, ...part };
    this.answers = answers;
  }

  /** What the model makes of the exercise. @returns {import('../../core/doorbell.js').Trace} */
  get #trace() {
    const { text, way } = this.#exercise;
    const { doorbell } = this.demo;
    return this.lesson === 'loop' ? doorbell.loop(text, way) : doorbell.multiplex(text, way);
  }

  #check() {
    this.#write({ isChecked: true });
    if (!this.#isRight || this.solved.includes(this.current)) return;
    this.solved = [...this.solved, this.current];
    remember('exercises', this.solved);
  }

  get #isRight() {
    const { order, at } = this.#exercise;
    const { picks, number } = this.#answer;
    if (order) return String(picks) === String(order);
    return at !== undefined && compareTime(this.#trace, at, Number(number)).isRight;
  }

  get #isComplete() {
    const { order } = this.#exercise;
    const { picks, number } = this.#answer;
    return order ? picks.length === order.length : number.trim() !== '' && Number(number) >= 0;
  }

  /** Into the demo, and there: Back leads here again. */
  #load() {
    takeInto(this.demo, this.#exercise);
    location.hash = this.for;
    this.demo.shadowRoot.querySelector('.stage').focus({ preventScroll: true });
  }

  render() {
    if (!this.isReady) return html`<slot></slot>`;
    const all = EXERCISES[this.lesson];
    const { question, text, order } = this.#exercise;
    return html`
      <div class="demo exercise">
        <nav aria-label="Exercises">
          ${all.map(
            (_, i) => html`
              <button
                type="button"
                aria-current=${i === this.current ? 'true' : 'false'}
                aria-label=${`Exercise ${i + 1}${this.solved.includes(i) ? ', solved' : ''}`}
                @click=${() => (this.current = i)}
              >
                ${i + 1}${this.solved.includes(i) ? html`<i aria-hidden="true">✓</i>` : nothing}
              </button>
            `,
          )}
        </nav>
        <form
          @submit=${(/** @type {Event} */ event) => {
            event.preventDefault();
            this.#check();
          }}
        >
          <pre tabindex="0">${text}</pre>
          <p class="question">${question.replace(/(\d) ms/g, '$1\u00a0ms')}</p>
          ${order ? this.#renderPicks(order) : this.#renderNumber()}
          <div class="buttons">
            <button class="main" ?disabled=${!this.#isComplete}>Run and compare</button>
            <button type="button" @click=${this.#load}>Load it into the demo</button>
          </div>
        </form>
        <div class="result" role="status">${this.#answer.isChecked ? this.#renderResult() : nothing}</div>
      </div>
    `;
  }

  /** @param {string[]} order */
  #renderPicks(order) {
    const { picks } = this.#answer;
    const taken = counted(picks);
    const names = [...counted(order)].sort(([a], [b]) => this.#placeOf(a) - this.#placeOf(b));
    return html`
      <div class="picks" role="group" aria-label="Who comes next?">
        ${names.map(([name, count]) => {
          const left = count - (taken.get(name) ?? 0);
          return html`
            <button type="button" ?disabled=${left === 0} @click=${() => this.#write({ picks: [...picks, name] })}>
              ${name}${count > 1 ? html` <small>${left} left</small>` : nothing}
            </button>
          `;
        })}
        <button
          type="button"
          class="back"
          ?disabled=${!picks.length}
          @click=${() => this.#write({ picks: picks.slice(0, -1) })}
        >
          Take back
        </button>
      </div>
      <p class="written" role="status">
        ${picks.length ? `You expect: ${picks.join(', ')}${picks.length < order.length ? ', …' : '.'}` : 'Press them in the order that you expect.'}
      </p>
    `;
  }

  /** Where a name stands in the scenario. @param {string} name */
  #placeOf(name) {
    return this.#trace.statements.findIndex((statement) => statement.name === name);
  }

  #renderNumber() {
    const unit = this.#exercise.at?.what === 'latency' ? 'It has waited' : 'It comes at';
    return html`
      <label class="number-field">
        ${unit}
        <input
          inputmode="decimal"
          autocomplete="off"
          size="4"
          .value=${this.#answer.number}
          @input=${(/** @type {Event & { target: HTMLInputElement }} */ event) =>
            this.#write({ number: event.target.value.replace(',', '.') })}
        />
        ms
      </label>
    `;
  }

  #renderResult() {
    const { title, order, at } = this.#exercise;
    const verdict = this.#isRight
      ? html`<p class="verdict right"><b>✓ Right.</b> ${title}</p>`
      : html`<p class="verdict wrong"><b>✗ Not quite.</b> ${title}</p>`;
    return html`${verdict} ${order ? this.#renderOrder() : at ? this.#renderTime(at) : nothing}`;
  }

  #renderOrder() {
    const lines = compareOrder(this.#trace, this.#answer.picks);
    return html`
      <ol class="came">
        ${lines.map(
          ({ name, time, guess, isRight, reason }) => html`
            <li class=${isRight ? 'right' : 'wrong'}>
              ${said(`${isRight ? '✓' : '✗'} ${ms(time)} ms: ${name}${isRight ? '.' : `, not ${guess}.`}`, reason)}
            </li>
          `,
        )}
      </ol>
    `;
  }

  /** @param {NonNullable<Exercise['at']>} at */
  #renderTime(at) {
    const { us, time, reason } = compareTime(this.#trace, at, Number(this.#answer.number));
    const came = at.what === 'latency' ? `${at.name} has waited ${ms(us)} ms.` : `${at.name} comes at ${ms(time)} ms.`;
    return html`<p class="came">${said(came, reason)}</p>`;
  }
}

customElements.get('lesson-exercises') ?? customElements.define('lesson-exercises', LessonExercises);
