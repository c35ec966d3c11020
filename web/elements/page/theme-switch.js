// @ts-check
import { LitElement, html, svg } from 'lit';
import styles from './theme-switch.css';

const THEMES = [
  {
    name: 'auto',
    label: 'Theme of the system',
    icon: svg`<circle cx="8" cy="8" r="5.5"/><path d="M8 2.5a5.5 5.5 0 0 1 0 11z" class="full"/>`,
  },
  {
    name: 'light',
    label: 'Light',
    icon: svg`<circle cx="8" cy="8" r="3"/><path d="M8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7"/>`,
  },
  { name: 'dark', label: 'Dark', icon: svg`<path d="M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.6 6.6z"/>` },
];

/**
 * Auto, light or dark. The choice is `data-theme` on the root, which the styles read. It is kept for all pages under
 * `doorbell:theme`; a line in each page's head reads it before the first paint.
 */
export class ThemeSwitch extends LitElement {
  static styles = styles;

  render() {
    const now = document.documentElement.dataset.theme ?? 'auto';
    return html`<fieldset>
      <legend>Theme</legend>
      ${THEMES.map(
        ({ name, label, icon }) =>
          html`<label title=${label}>
            <input
              type="radio"
              name="theme"
              aria-label=${label}
              .checked=${name === now}
              @change=${() => choose(name)}
            />
            <svg viewBox="0 0 16 16" aria-hidden="true">${icon}</svg>
          </label>`,
      )}
    </fieldset>`;
  }
}

/** @param {string} theme */
function choose(theme) {
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem('doorbell:theme', theme);
  } catch {
    // Refused: then it lasts as long as the page.
  }
}

customElements.get('theme-switch') ?? customElements.define('theme-switch', ThemeSwitch);
