// @ts-check
import { LitElement, html, nothing } from 'lit';
import { recall, remember } from '../player/memory.js';
import styles from './lesson-progress.css';

/**
 * Where the learner is. It stands around a table of contents, a list of links to sections of the page: it marks the
 * link of the section that is being read, offers to go on where the last visit ended, and shows the score of the
 * page's `<knowledge-check>`.
 */
export class LessonProgress extends LitElement {
  static properties = { resume: { state: true }, score: { state: true } };

  static styles = styles;

  constructor() {
    super();
    /** The link to where the last visit ended. @type {HTMLAnchorElement | null} */
    this.resume = null;
    /** @type {{ right: number, total: number } | null} */
    this.score = recall('score', isScore);
    /** @type {HTMLAnchorElement[]} */
    this.links = [];
    /** @type {IntersectionObserver[]} */
    this.observers = [];
  }

  connectedCallback() {
    super.connectedCallback();
    this.links = [...this.querySelectorAll('a')];
    const place = recall('section', isText);
    this.resume = this.links.find((link) => link.hash === place) ?? null;

    const sections = this.links.flatMap((link) => document.getElementById(link.hash.slice(1)) ?? []);
    const last = sections.at(-1);
    let crossing = '';
    let end = '';
    // A section is being read while it crosses a line near the top of the window. The last one may be too short to come
    // up so far: it is being read when it is seen whole.
    const line = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) if (isIntersecting) crossing = target.id;
        this.#arrive(end || crossing);
      },
      { rootMargin: '-15% 0% -85%' },
    );
    const whole = new IntersectionObserver(
      (entries) => {
        end = entries.at(-1)?.isIntersecting ? (last?.id ?? '') : '';
        this.#arrive(end || crossing);
      },
      { threshold: 1 },
    );
    for (const section of sections) line.observe(section);
    if (last) whole.observe(last);
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

  /** @param {string} id of the section that is being read; '' above the first */
  #arrive(id) {
    const current = this.links.find((link) => link.hash === `#${id}`);
    for (const link of this.links) {
      if (link === current) link.setAttribute('aria-current', 'location');
      else link.removeAttribute('aria-current');
    }
    // To stand at the beginning is no progress: it does not replace the place of the last visit.
    if (!current || current === this.links[0]) return;
    this.resume = null;
    remember('section', current.hash);
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
      ${this.resume ? html`<p class="resume">Continue at <a href=${this.resume.hash}>${this.resume.textContent}</a></p>` : nothing}
    `;
  }
}

/** @returns {value is { right: number, total: number }} */
const isScore = (/** @type {any} */ value) => Number.isInteger(value?.right) && Number.isInteger(value.total);

/** @returns {value is string} */
const isText = (/** @type {any} */ value) => typeof value === 'string';

customElements.get('lesson-progress') ?? customElements.define('lesson-progress', LessonProgress);
