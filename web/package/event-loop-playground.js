// @ts-check
import { EventLoopPlayground as PagesPlayground } from '../playground/views/event-loop-playground.js';
import { nameParts, oneOf, standaloneProperties, standaloneStyles } from './standalone.js';

/**
 * What the events `step` and `finish` tell.
 *
 * @typedef {object} Stepped
 * @property {number} position  which moment is shown: 0 is before the program
 * @property {number} count  of how many
 * @property {number} time  when its callback began, in milliseconds
 * @property {string} name  of the callback
 * @property {string} reason  why it came then
 */

/**
 * @csspart playground the ground of it all
 * @csspart choice of the example, the host and the world around the program
 * @csspart question what the console shows
 * @csspart editor of the program
 * @csspart buttons Back, Step into, Step over, Next callback, Run, Reset, and the slider
 * @csspart button each button
 * @csspart reason why this step came now
 * @csspart queues the call stack, who waits where, the promises
 * @csspart console what the program printed
 */
const PARTS = {
  playground: '.playground',
  choice: '.head',
  question: '.question',
  editor: '.editor',
  buttons: '.buttons',
  button: 'button',
  reason: '.reason',
  queues: '.state',
  console: '.console',
};

/**
 * Any JavaScript, run by the loop of a browser or of Node and stepped: statements, the call stack, every queue, the
 * console. Its program stands in a `<pre>` inside it. The engine and the editor are fetched when it comes near.
 *
 * @tag event-loop-playground
 * @attr {'browser' | 'node'} [host=browser] whose loop it is
 * @attr {boolean} [module] the program is an ES module, in which await may stand outside of functions
 * @attr {number} [step=0] the moment that it begins at, as its slider counts them
 * @attr {string} [examples] names of the examples that can be chosen; without it all, or none beside a program
 * @attr {string} [page] the address of the page that *Copy link* leads to, and that reads such links: empty for the
 *   page that it stands in; without it there are no links
 * @attr {string} [desk] the address of a page with an `<event-loop-demo>`, on which *Show at the desk* plays the
 *   scenario of what the program did: empty for the page that it stands in; without it there is no such button
 * @prop {string} text the program; `edit(text)` runs another one
 * @prop {number} position which moment is shown; `go(position)` goes there
 * @prop {boolean} playing it runs by itself; `play(true)` starts that
 * @fires {CustomEvent<Stepped>} step another moment is shown; `detail` has position, count, time in milliseconds,
 *   name, reason
 * @fires {CustomEvent<Stepped>} finish that was the last one; `detail` is the same
 */
export class EventLoopPlayground extends PagesPlayground {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { ...standaloneProperties, host: oneOf(['browser', 'node'], 'browser') };
  static styles = [...standaloneStyles, ...PagesPlayground.styles];

  /** Near is within the height of a window. */
  #near = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      this.#near.disconnect();
      this.begin();
    },
    { rootMargin: '100% 0px' },
  );

  constructor() {
    super();
    /** @type {string | null} */ this.theme = null;
  }

  get text() {
    return this.source;
  }

  get position() {
    return this.moment;
  }

  get playing() {
    return this.isPlaying;
  }

  firstUpdated() {
    this.#near.observe(this);
  }

  /** @param {Map<string, unknown>} changed */
  updated(changed) {
    super.updated(changed);
    nameParts(/** @type {ShadowRoot} */ (this.renderRoot), PARTS);
    if (changed.get('moment') !== undefined) this.#tell();
  }

  /** Another moment is shown. */
  #tell() {
    if (!this.states) return;
    const { moment: position, last: count } = this;
    const { time, title: name, reason } = this.states.at(position);
    /** @type {Stepped} */
    const detail = { position, count, time: time / 1000, name, reason };
    for (const type of position === count ? ['step', 'finish'] : ['step'])
      this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }
}

customElements.get('event-loop-playground') ?? customElements.define('event-loop-playground', EventLoopPlayground);
