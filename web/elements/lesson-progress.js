// @ts-check
import { LitElement, css, html, nothing } from 'lit';
import { recall, remember } from './memory.js';

/**
 * Where the learner is. It stands around a table of contents, a list of links to sections of the page: it marks the
 * link of the section that is being read, offers to go on where the last visit ended, and shows the score of the
 * page's `<knowledge-check>`.
 */
export class LessonProgress extends LitElement {
  static properties = { resume: { state: true }, score: { state: true } };

  static styles = css`
    p {
      margin: 0 0 0.4em;
      color: var(--muted);
    }
    a {
      color: var(--accent);
    }
  `;

  constructor() {
    super();
    /** The link to where the last visit ended. @type {HTMLAnchorElement | null} */
    this.resume = null;
    /** @type {{ right: number, total: number } | null} */
    this.score = null;
    /** @type {HTMLAnchorElement[]} */
    this.links = [];
    /** @type {IntersectionObserver[]} */
    this.observers = [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.links = [...this.querySelectorAll('a')];
    const last = recall('section', isText);
    this.resume = this.links.find((link) => link.hash === last) ?? null;

    const sections = this.links.flatMap((link) => document.getElementById(link.hash.slice(1)) ?? []);
    const arrive = (/** @type {IntersectionObserverEntry[]} */ entries) => {
      const entered = entries.find((entry) => entry.isIntersecting);
      if (entered) this.#arrive(`#${entered.target.id}`);
    };
    // A section is being read while it crosses a line near the top of the window. The last one may be too short to come
    // up so far: it is being read when it is seen whole.
    const line = new IntersectionObserver(arrive, { rootMargin: '-15% 0% -85%' });
    const whole = new IntersectionObserver(arrive, { threshold: 1 });
    for (const section of sections) line.observe(section);
    for (const section of sections.slice(-1)) whole.observe(section);
    this.observers = [line, whole];
    document.addEventListener('doorbell-score', this.#keepScore);
    this.addEventListener('click', this.#fold);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const observer of this.observers) observer.disconnect();
    document.removeEventListener('doorbell-score', this.#keepScore);
    this.removeEventListener('click', this.#fold);
  }

  /** @param {string} hash */
  #arrive(hash) {
    for (const link of this.links) {
      if (link.hash === hash) link.setAttribute('aria-current', 'location');
      else link.removeAttribute('aria-current');
    }
    // To stand at the beginning is no progress: it does not replace the place of the last visit.
    if (hash === this.links[0].hash) return;
    this.resume = null;
    remember('section', hash);
  }

  #keepScore = (/** @type {any} */ event) => {
    this.score = event.detail;
  };

  /** Out of the way of what was asked for, where the list folds at all. */
  #fold = (/** @type {Event} */ event) => {
    if (event.target instanceof HTMLAnchorElement) this.querySelector('details')?.removeAttribute('open');
  };

  render() {
    return html`
      <slot></slot>
      ${this.score && html`<p>Knowledge check: ${this.score.right} of ${this.score.total} right</p>`}
      ${this.resume ? html`<p>Continue at <a href=${this.resume.hash}>${this.resume.textContent}</a></p>` : nothing}
    `;
  }
}

/** @returns {value is string} */
const isText = (/** @type {any} */ value) => typeof value === 'string';

customElements.get('lesson-progress') ?? customElements.define('lesson-progress', LessonProgress);
