// @ts-check
import { html } from 'lit';
import { Demo as DemoClass, PACES } from '../elements/player/demo.js';
import { nameParts, oneOf, standaloneProperties } from './standalone.js';

/** @typedef {import('../elements/player/demo.js').Demo<any>} Demo */

/** @typedef {() => Promise<HTMLElement>} Beside  what stands beside a demo on its lesson's page, to come into it */

/**
 * What the events `step` and `finish` tell.
 *
 * @typedef {object} Moved
 * @property {number} position  how many steps have been taken
 * @property {number} count  of how many
 * @property {number} time  when the last one began, in milliseconds
 * @property {string} [name]  of the socket, or of the callback; none before the first step
 * @property {string} reason  why it came then
 */

/**
 * What the event `predict` tells.
 *
 * @typedef {object} Predicted
 * @property {number} position  before which step
 * @property {string} name  what the learner took, of what comes next
 * @property {'right' | 'allowed' | 'wrong'} verdict  `allowed`: another order, in which it comes next
 */

/**
 * What the event `answer` tells.
 *
 * @typedef {object} Answered
 * @property {string} text  that the learner wrote
 * @property {boolean} right
 */

/**
 * What both demos may be told.
 *
 * @attr {'slow' | 'normal' | 'fast'} [speed=normal] how fast it runs by itself
 * @attr {boolean} [predict] the learner is asked what comes next
 * @attr {string} [question] that a teacher asks, above the scene
 * @attr {string} [answer] to the question: what the learner writes is checked
 * @prop {string} text the scenario; `edit(text)` runs another one
 * @prop {number} position how many steps have been taken; `go(position)` goes there
 * @prop {boolean} playing it runs by itself; `play(true)` starts that
 * @fires {CustomEvent<Moved>} step another position is shown; `detail` has position, count, time in milliseconds,
 *   name, reason
 * @fires {CustomEvent<Moved>} finish that was the last step; `detail` is the same
 * @fires {CustomEvent<Predicted>} predict the learner took what they believe comes next; `detail` has position, name,
 *   verdict
 * @fires {CustomEvent<Answered>} answer the question was answered; `detail` has text, right
 */
export const demoProperties = {
  ...standaloneProperties,
  controls: { reflect: true },
  predict: { type: Boolean, reflect: true },
  speed: oneOf(Object.keys(PACES), 'normal'),
};

/**
 * What both demos let a page style, by the classes that it has in here.
 *
 * @csspart demo the ground of it all
 * @csspart choice of the mode, of the host
 * @csspart player scene, buttons and reason
 * @csspart scene the picture
 * @csspart buttons Back, Step, Run, Reset
 * @csspart button each button
 * @csspart reason why this step came now
 * @csspart position the slider and the speed
 * @csspart tools the buttons that open more: Predict first, Share, …
 * @csspart editor of the scenario
 */
const PARTS = {
  demo: '.demo',
  choice: '.choice',
  player: '.player',
  scene: '.stage',
  buttons: '.player > .buttons',
  button: 'button',
  reason: '.reason',
  position: '.tuning',
  tools: '.tools',
  editor: '.editor',
};

/** What a page sees of a demo besides its picture: events, parts, and what stands beside it. */
export class Standalone {
  /** Words of `controls` whose elements have been asked for. @type {Set<string>} */
  #asked = new Set();
  /** What `predict` said when it was last looked at. @type {boolean | undefined} */
  #predict = undefined;
  #asking = Promise.resolve();

  /**
   * @param {Demo & { controls: string | null, predict: boolean }} host
   * @param {Record<string, string>} parts more of them, of this demo alone
   * @param {Record<string, Beside>} beside words of `controls`, and the elements that they add
   */
  constructor(host, parts, beside = {}) {
    this.host = host;
    this.parts = { ...PARTS, ...parts };
    this.beside = beside;
    host.addController(this);
    host.addEventListener('moved', () => this.#tell());
  }

  hostUpdated() {
    const { host, parts } = this;
    const root = /** @type {ShadowRoot} */ (host.shadowRoot);
    nameParts(root, parts);
    if (!host.trace) return;
    root.querySelector('h4')?.setAttribute('role', 'none'); // which headings are above it here, nobody knows
    for (const word of host.controls?.split(/\s+/) ?? []) this.#add(word);
    this.#predict ??= host.predict; // a demo sees to the attribute that it begins with
    if (this.#predict !== host.predict) this.#asking = this.#asking.then(() => this.#ask());
    this.#predict = host.predict;
  }

  /** The learner is asked what comes next, or is not any more. */
  async #ask() {
    const { host } = this;
    const tool = /** @type {typeof DemoClass} */ (host.constructor).tools.find(({ tag }) => tag === 'predict-first');
    const isOpen = host.shadowRoot?.querySelector('predict-first') !== null;
    if (tool && isOpen !== host.predict) await host.toggle(tool);
    await host.updateComplete;
  }

  /** @param {string} word */
  async #add(word) {
    if (!Object.hasOwn(this.beside, word) || this.#asked.has(word)) return;
    this.#asked.add(word);
    const element = await this.beside[word]();
    for (const each of [element, ...element.children]) Object.assign(each, { demo: this.host });
    element.part.add(word);
    this.host.shadowRoot?.querySelector('.demo')?.append(element);
  }

  /** Another position is shown. */
  #tell() {
    const { position, trace, atEnd } = this.host;
    if (!trace) return;
    const { time = 0, statement = -1, reason = '' } = position > 0 ? trace.step(position - 1) : {};
    /** @type {Moved} */
    const detail = {
      position,
      count: trace.stepCount,
      time: time / 1000,
      name: trace.statements[statement]?.name,
      reason,
    };
    for (const type of atEnd ? ['step', 'finish'] : ['step']) {
      this.host.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
    }
  }
}

/** What stands in a demo's place when it cannot begin. @param {Error | undefined} error */
export const fault = (error) => html`
  <div class="demo fault" role="alert">
    This demo could not begin: ${error?.message}. It needs WebAssembly; a page with a content security policy allows it
    by
    <code>script-src 'wasm-unsafe-eval'</code>.
  </div>
`;
