// @ts-check
import { html, nothing } from 'lit';
import { javascriptOf, programOf } from '../../javascript/javascript.js';
import { runHere } from '../../javascript/run-here.js';
import { BesideDemo } from '../player/beside-demo.js';
import { demoStyles } from '../player/demo-styles.js';
import { number } from '../player/labels.js';
import styles from './real-order.css';
import { namesOf, stepsWithCode } from './swaps.js';

/** A longer run is too long to be run, and read, here. */
const MOST = 500;
const MANY = 20;
const TIME = 5000; // what a run may take, in real milliseconds
const FILE = 'order.cjs';

/**
 * Beside a demo of lesson 5: its scenario as JavaScript, and the order in which that really runs.
 *
 *     <real-order for="demo"></real-order>
 */
export class RealOrder extends BesideDemo {
  static properties = { running: { state: true }, failure: { state: true }, copied: { state: true } };

  static styles = [demoStyles, styles];

  constructor() {
    super();
    this.running = false;
    this.failure = ''; // of the last run of what is shown
    this.copied = '';
  }

  /** What failed, and what was copied, was another scenario. @param {Event} event */
  handleEvent(event) {
    if (event.type === 'shown') this.failure = this.copied = '';
    super.handleEvent(event);
  }

  /** @param {number} times */
  async #run(times) {
    const { trace } = this.demo;
    if (!trace || this.running) return;
    this.running = true;
    this.failure = '';
    try {
      const program = programOf(trace.scenario, 'browser');
      for (let i = 0; i < times && this.demo.trace === trace; i++) {
        const run = await runHere(program, { time: TIME });
        this.demo.addRun(trace, run);
        if (run.ended !== 'done') break;
      }
    } catch (error) {
      if (this.demo.trace === trace) this.failure = `It could not be run: ${error}`;
    }
    this.running = false;
  }

  /** @param {string} code */
  async #copy(code) {
    const { trace } = this.demo;
    const copied = await navigator.clipboard?.writeText(code).then(
      () => 'Copied.',
      () => '',
    );
    if (this.demo.trace === trace) this.copied = copied || 'The browser refused: select the text and copy it.';
  }

  render() {
    const { trace, shownHost: host } = this.demo;
    if (!trace?.stepCount) return nothing;
    let code = '';
    try {
      code = javascriptOf(trace.scenario, host);
    } catch (error) {
      return html`<p class="demo" role="status">This scenario could not be written as JavaScript: ${error}</p>`;
    }
    return html`
      <div class="demo">${host === 'node' ? this.#renderNode(code) : this.#renderBrowser(trace, code)}</div>
    `;
  }

  /** @param {string} code */
  #renderNode(code) {
    const href = `data:text/javascript;charset=utf-8,${encodeURIComponent(code)}`;
    return html`
      <p>
        This is the scenario as JavaScript. A browser has no Node inside: save it and run <code>node ${FILE}</code>, and
        it prints the names of the callbacks in the order in which they ran.
      </p>
      <pre tabindex="0"><code>${code}</code></pre>
      <div class="buttons"><a download=${FILE} href=${href}>Save it as ${FILE}</a> ${this.#renderCopy(code)}</div>
    `;
  }

  /** @param {string} code */
  #renderCopy(code) {
    return html`
      <button type="button" @click=${() => this.#copy(code)}>Copy the code</button>
      <span role="status">${this.copied}</span>
    `;
  }

  /** @param {import('../../core/doorbell.js').Trace} trace @param {string} code */
  #renderBrowser(trace, code) {
    const { runs } = this.demo;
    const why = this.#whyNot(trace);
    const inputs = trace.statements.flatMap(({ kind, name }) => (kind === 'input' ? name : []));
    return html`
      <p>
        This is the scenario as JavaScript.
        ${why || html`Run it here, or paste it into the console: the browser’s own event loop decides the order.`}
        ${
          inputs.length
            ? `It is without ${inputs.join(', ')}: a page cannot press your keys, and a click that a script makes is a call,
              not a task.`
            : nothing
        }
      </p>
      <pre tabindex="0"><code>${code}</code></pre>
      <div class="buttons">
        ${
          why
            ? nothing
            : html`
                <button type="button" class="main" aria-disabled=${this.running} @click=${() => this.#run(1)}>
                  Run it in this browser
                </button>
                <button type="button" aria-disabled=${this.running} @click=${() => this.#run(MANY)}>
                  Run it ${MANY} times
                </button>
              `
        }
        ${this.#renderCopy(code)}
      </div>
      <div role="status">${this.failure || (runs.length ? this.#renderResult(runs[runs.length - 1]) : nothing)}</div>
    `;
  }

  /** Why it cannot be run here; '' if it can. @param {import('../../core/doorbell.js').Trace} trace */
  #whyNot(trace) {
    if (trace.statements.some(({ forever }) => forever)) {
      return 'It is not run here, nor should you paste it into the console: it goes on for ever, and the page would freeze.';
    }
    return trace.stepCount > MOST ? `It is not run here: it has more than ${MOST} steps.` : '';
  }

  /**
   * What a run says of the model: a sentence, and the word for the rows that are not the same.
   * @param {import('../../javascript/run-here.js').Run} run @param {string[]} modelled
   */
  #judge({ names, late, ended }, modelled) {
    const { doorbell, trace, orders, shown, shownHost } = this.demo;
    const order = names.join('\n');
    const allows = (/** @type {import('./swaps.js').Orders | undefined} */ allowed) =>
      trace && allowed?.orders.some((one) => namesOf(trace, one).join('\n') === order);
    if (order === modelled.join('\n')) return ['The same order, row by row.', 'same'];
    if (allows(orders)) return ['Not the model’s order, but one that is allowed too.', 'allowed too'];
    if (ended !== 'done') return [`Stopped after ${TIME / 1000} seconds.`, 'different'];
    if (late >= 1 && orders && allows(doorbell?.orders(shown, shownHost, Math.ceil(1000 * late)))) {
      return [`Another order: the machine was ${late.toFixed(1)} ms late, and then it is allowed.`, 'allowed too'];
    }
    return [
      `Another order than any that the model allows. The machine was ${late.toFixed(1)} ms late; run it again. If it stays
      so, one of the two is wrong, the browser or the model.`,
      'different',
    ];
  }

  /** @param {import('../../javascript/run-here.js').Run} run */
  #renderResult(run) {
    const { trace, runs } = this.demo;
    if (!trace) return nothing;
    const { names, times } = run;
    const modelled = namesOf(
      trace,
      stepsWithCode(trace).map((k) => trace.step(k).statement),
    );
    const [sentence, word] = this.#judge(run, modelled);
    const verdict = (/** @type {number} */ i) => (names[i] === modelled[i] ? 'same' : word);
    return html`
      <p class="verdict">${sentence}</p>
      ${runs.length > 1 ? html`<p class="hint">This is the last one of ${number(runs.length)} runs.</p>` : nothing}
      <div class="table">
        <table>
          <caption>
            This browser beside the model
          </caption>
          <thead>
            <tr>
              <th scope="col">Model</th>
              <th scope="col">This browser</th>
              <th scope="col" class="ms">At</th>
              <th scope="col">Compared</th>
            </tr>
          </thead>
          <tbody>
            ${Array.from(
              { length: Math.max(names.length, modelled.length) },
              (_, i) => html`
                <tr>
                  <td class="name">${modelled[i] ?? 'nothing'}</td>
                  <td class="name">${names[i] ?? 'nothing'}</td>
                  <td class="ms">${times[i]?.toFixed(1)}</td>
                  <td class=${verdict(i)}>${verdict(i)}</td>
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
    `;
  }
}

customElements.get('real-order') ?? customElements.define('real-order', RealOrder);
