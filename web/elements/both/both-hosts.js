// @ts-check
import { html, nothing } from 'lit';
import { ScenarioError } from '../../core/doorbell.js';
import { deskAt, SIZES } from '../desk/desk-state.js';
import { desk } from '../desk/desk.js';
import deskStyles from '../desk/desk.css';
import figureStyles from '../../figures/figures.css';
import { demoStyles } from '../player/demo-styles.js';
import dialStyles from '../player/dial.css';
import { inMs } from '../player/labels.js';
import lampStyles from '../player/lamp.css';
import { timeAt } from '../player/messages.js';
import { Tool } from '../player/tool.js';
import { positionBeside } from './clock.js';
import styles from './both-ways.css';

const OTHERS = { browser: 'node', node: 'browser' };
const TITLES = { browser: 'the browser', node: 'Node' };

/**
 * Under a demo of lesson 5: the desk of the other host with the same scenario, on the same clock.
 *
 *     <both-hosts .demo=${demo}></both-hosts>
 */
export class BothHosts extends Tool {
  static styles = [demoStyles, dialStyles, lampStyles, figureStyles, deskStyles, styles];

  /** The other host's trace of what is shown, or why there is none. @type {any} */ #other = undefined;
  #shown = '';

  /** @returns {import('../../core/doorbell.js').Trace | string} */
  #run() {
    const { doorbell, shown, shownHost } = this.demo;
    if (this.#shown !== shownHost + shown) {
      this.#shown = shownHost + shown;
      try {
        this.#other = doorbell.loop(shown, OTHERS[shownHost]);
      } catch (error) {
        if (!(error instanceof ScenarioError)) throw error;
        const [{ line, message }] = error.problems;
        this.#other = `line ${line}${message && `: ${message}`}.`;
      }
    }
    return this.#other;
  }

  render() {
    const { trace, position, shownHost } = this.demo;
    if (!trace) return nothing;
    const host = OTHERS[shownHost];
    const other = this.#run();
    if (typeof other === 'string') {
      return html`<p class="cannot">${TITLES[host]} cannot run this scenario; ${other}</p>`;
    }
    const there = positionBeside(other, trace, position);
    const { name } = there ? other.statements[other.step(there - 1).statement] : { name: '' };
    return html`
      <section aria-label="The other host">
        <h4>The same in ${TITLES[host]}, at ${inMs(timeAt(trace, position))}</h4>
        <div class="other">${desk(deskAt(other, host, there, SIZES[2]))}</div>
        <p class="hint" role="status">
          ${there ? html`<strong>${name}</strong> ${other.step(there - 1).reason}` : 'Nothing has run there yet.'}
        </p>
      </section>
    `;
  }
}

customElements.get('both-hosts') ?? customElements.define('both-hosts', BothHosts);
