// @ts-check
import { LitElement, css, html, svg } from 'lit';

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
  static styles = css`
    fieldset {
      display: flex;
      box-sizing: border-box;
      height: 100%;
      margin: 0;
      padding: 2px;
      border: 1px solid var(--line);
      border-radius: 99px;
    }
    legend,
    input {
      position: absolute;
      clip-path: inset(50%);
    }
    label {
      flex: 1;
      display: grid;
      place-items: center;
      border-radius: 99px;
      color: var(--muted);
      cursor: pointer;
    }
    label:has(:checked) {
      background: var(--ink);
      color: var(--bg);
    }
    label:has(:focus-visible) {
      outline: 3px solid var(--accent);
      outline-offset: 2px;
    }
    svg {
      width: 1.1rem;
      fill: none;
      stroke: currentColor;
      stroke-width: 1.4;
      stroke-linecap: round;
    }
    .full {
      fill: currentColor;
    }
    @media (forced-colors: active) {
      label:has(:checked) {
        outline: 2px solid Highlight;
      }
    }
  `;

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
