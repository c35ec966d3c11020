// @ts-check
import { html, nothing } from 'lit';
import { demoStyles } from '../player/demo-styles.js';
import { Tool } from '../player/tool.js';
import styles from './demo-share.css';
import fieldStyles from './field.css';
import { handout } from './handout.js';
import { pngOf, svgOf } from './picture.js';
import { csvOf, jsonOf } from './trace-files.js';

const KEPT_MS = 60_000; // a file that is being saved is kept in memory so long

/** @param {string} name @param {string | Blob} content @param {string} [type] */
function save(name, content, type) {
  const href = URL.createObjectURL(new Blob([content], { type }));
  Object.assign(document.createElement('a'), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), KEPT_MS);
}

/**
 * What can be taken away from a demo: a link, with a question if a teacher wishes; the text; the trace; a picture; a
 * sheet of paper.
 *
 *     <demo-share .demo=${demo}></demo-share>
 */
export class DemoShare extends Tool {
  /** @type {import('lit').PropertyDeclarations} */
  static properties = { said: { state: true }, isAtStep: { state: true } };

  static styles = [demoStyles, fieldStyles, styles];

  constructor() {
    super();
    this.said = '';
    this.isAtStep = true; // the link opens at the step that is shown
  }

  /** What was said was said of something else. @param {Event} event */
  handleEvent(event) {
    if (event.type !== 'ran') this.said = '';
    super.handleEvent(event);
  }

  /** What is taken may say what came of it. @param {() => unknown} take */
  async #take(take) {
    try {
      this.said = String((await take()) ?? '');
    } catch {
      this.said = 'This browser does not do that.';
    }
  }

  async #copyLink() {
    const { demo } = this;
    const { copyLink } = await import('./copy-link.js');
    const written = (/** @type {string} */ id) =>
      /** @type {HTMLInputElement} */ (this.renderRoot.querySelector(`#${id}`)).value.trim();
    const question = written('question');
    const answer = written('right-answer');
    return copyLink(demo, {
      ...(this.isAtStep && demo.position ? { step: String(demo.position) } : {}),
      ...(question ? { question, ...(answer ? { answer } : {}) } : {}),
    });
  }

  async #copyText() {
    const { copy } = await import('./copy-link.js');
    return (await copy(this.demo.shown)) ? 'Copied.' : 'The browser refused: copy it from the editor.';
  }

  render() {
    const { demo } = this;
    const { trace, lesson, position } = demo;
    const name = lesson === 'loop' ? 'event-loop' : 'one-guard-many-doors';
    const ofTrace = [
      ['Trace as CSV', () => save(`${name}.csv`, csvOf(trace, lesson), 'text/csv')],
      ['Trace as JSON', () => save(`${name}.json`, jsonOf(trace, lesson), 'application/json')],
      ['Print a handout', () => handout(demo)],
    ];
    /** @type {[string, () => unknown][]} */
    const takes = /** @type {any} */ ([
      ['Copy the text', () => this.#copyText()],
      ['Picture as SVG', () => save(`${name}.svg`, svgOf(demo), 'image/svg+xml')],
      ['Picture as PNG', async () => save(`${name}.png`, await pngOf(svgOf(demo)))],
      ...(lesson ? ofTrace : []), // side by side there are two, and each has a demo of its own
    ]);
    return html`
      <section aria-label="Share">
        <div class="link">
          <label class="at-step">
            <input
              type="checkbox"
              .checked=${this.isAtStep}
              @change=${(/** @type {Event & { target: HTMLInputElement }} */ { target }) => (this.isAtStep = target.checked)}
            />
            open at this step (${position})
          </label>
          <label for="question">A question to go with it <span>(if you teach)</span></label>
          <input id="question" maxlength="500" placeholder="When is B handled?" />
          <label for="right-answer">Its answer <span>(checked on the page; leave it out for a talk)</span></label>
          <input id="right-answer" maxlength="100" placeholder="1 ms" />
          <div class="buttons">
            <button type="button" class="main" @click=${() => this.#take(() => this.#copyLink())}>Copy link</button>
          </div>
        </div>
        <div class="buttons takes">
          ${takes.map(
            ([what, take]) => html` <button type="button" @click=${() => this.#take(take)}>${what}</button> `,
          )}
        </div>
        <p role="status" class="hint">${this.said || nothing}</p>
      </section>
    `;
  }
}

customElements.get('demo-share') ?? customElements.define('demo-share', DemoShare);
