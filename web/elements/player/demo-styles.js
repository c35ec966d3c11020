// @ts-check
import { css } from 'lit';

const frame = css`
  :host {
    display: block;
    color: var(--ink);
    font-family: var(--sans);
  }
  .demo {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
    container-type: inline-size;
  }
  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  :focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  .stage {
    display: grid;
    gap: 0.75rem;
    min-inline-size: 0;
    border-radius: 0.75rem;
    outline-offset: 6px;
  }
  h4 {
    margin: 0;
    font: 600 0.8125rem var(--sans);
    letter-spacing: 0.06em;
    text-transform: uppercase;
    color: var(--muted);
  }
`;

const choice = css`
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.5rem 1rem;
  }
  .choice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem;
    inline-size: fit-content;
    margin: 0;
    padding: 0.25rem;
    border: 1px solid var(--line);
    border-radius: 0.75rem;
    background: var(--surface);
  }
  .choice legend {
    float: inline-start;
    padding: 0 0.75rem 0 0.5rem;
    color: var(--muted);
  }
  .choice label {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-block-size: 2.25rem;
    padding: 0 0.75rem;
    border-radius: 0.5rem;
    cursor: pointer;
  }
  .choice label:has(:checked) {
    background: color-mix(in srgb, var(--accent) 18%, transparent);
    font-weight: 600;
  }
  .choice input {
    inline-size: 1rem;
    block-size: 1rem;
    margin: 0;
    accent-color: var(--accent);
  }
  .cannot {
    flex-basis: 100%;
    margin: 0;
    color: var(--late);
  }
`;

const controls = css`
  .dock {
    display: grid;
    gap: 0.75rem;
  }
  /* What is pressed stays in sight while the scene is; in a high window what is read does too. */
  .dock,
  .dock > .buttons {
    position: sticky;
    inset-block-end: 0;
    z-index: 4;
    padding-block: 0.5rem;
    background: var(--bg);
  }
  .dock > .buttons {
    padding: 0;
  }
  @media (max-height: 56rem), (max-width: 40rem) {
    .dock {
      display: contents;
    }
    .dock > .buttons {
      padding-block: 0.5rem;
    }
  }
  .tuning {
    display: flex;
    align-items: center;
    gap: 1rem;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
  }
  @container (inline-size >= 42rem) {
    .dock {
      grid-template-columns: auto 1fr;
      grid-auto-flow: dense; /* the slider beside the buttons, the reason below them */
      column-gap: 1.5rem;
    }
    .why {
      grid-column: 1 / -1;
    }
  }
  button,
  select {
    min-block-size: 2.75rem;
    padding: 0 0.8em;
    border: 1px solid var(--quiet);
    border-radius: 0.625rem;
    background: var(--surface);
    color: var(--ink);
    font: inherit;
    cursor: pointer;
  }
  select {
    appearance: none;
    padding-inline-end: 2.4em;
    background: conic-gradient(from -45deg at bottom, var(--muted) 90deg, transparent 0) right 0.9em center / 0.7em
      0.35em no-repeat var(--surface);
  }
  button svg {
    inline-size: 1em;
    block-size: 1em;
    margin-inline-end: 0.5em;
    vertical-align: -0.125em;
    fill: currentColor;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  button:not([aria-pressed]) svg {
    fill: none;
  }
  button:hover:enabled,
  select:hover {
    border-color: var(--accent);
  }
  button:active:enabled {
    translate: 0 1px;
  }
  button.main {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--bg);
    font-weight: 600;
  }
  button[aria-pressed='true'] {
    border-color: var(--accent);
    background: color-mix(in srgb, var(--accent) 25%, var(--surface));
  }
  button:disabled {
    border-color: var(--line);
    background: none;
    color: var(--quiet);
    cursor: default;
  }
  .scrubber {
    display: flex;
    flex: 1 1 4rem;
    min-inline-size: 0;
    align-items: center;
    gap: 0.75rem;
  }
  .scrubber input {
    flex: 1;
    inline-size: 0;
    min-inline-size: 0;
    block-size: 2.75rem;
    margin: 0;
    accent-color: var(--accent);
  }
  .count {
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }
  .why {
    min-block-size: 3.2em;
    margin: 0;
    padding: 0.75rem 1rem;
    border-inline-start: 4px solid var(--ready-fill);
    border-radius: 0 0.625rem 0.625rem 0;
    background: var(--surface);
    line-height: 1.5;
    overflow-wrap: anywhere;
  }
  .why strong,
  .why em {
    display: block;
  }
  .why strong {
    font-size: 1.0625em;
  }
  .why em {
    color: var(--accent);
    font-style: normal;
  }
  .hint {
    margin: 0;
    color: var(--muted);
  }
  @container (inline-size < 34rem) {
    .dock > .buttons {
      display: grid;
      grid-template-columns: repeat(4, 1fr);
    }
    .dock button {
      padding: 0;
    }
    .dock button svg {
      display: none;
    }
    .why {
      min-block-size: 5em;
      padding-inline: 0.75rem;
      font-size: 0.9375rem;
    }
  }
`;

const tables = css`
  .table {
    overflow-x: auto;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  caption {
    padding-block-end: 0.5rem;
    text-align: start;
    font: 600 0.8125rem var(--sans);
    letter-spacing: 0.06em;
    text-transform: uppercase;
    color: var(--muted);
  }
  caption span {
    font-weight: 400;
    letter-spacing: 0;
    text-transform: none;
  }
  th,
  td {
    padding: 0.5rem 0.75rem;
    border-block-end: 1px solid var(--line);
    text-align: start;
    vertical-align: baseline;
  }
  thead th {
    color: var(--muted);
    font-weight: 500;
  }
  .number,
  .ms {
    inline-size: 4rem;
    text-align: end;
    white-space: nowrap;
  }
  td.ms::after {
    content: ' ms';
    color: var(--muted);
  }
  td.name {
    font-family: var(--mono);
    font-size: 0.9375em;
  }
  @container (inline-size < 34rem) {
    table {
      font-size: 0.9375rem;
    }
    th,
    td {
      padding-inline: 0.375rem;
    }
    .number,
    .ms {
      inline-size: 2.5rem;
    }
  }
  @container (inline-size < 18rem) {
    .choice label {
      gap: 0.25rem;
      padding: 0 0.5rem;
    }
  }
  @container (inline-size < 20rem) {
    table {
      font-size: 0.8125rem;
    }
    th,
    td {
      padding-inline: 0.25rem;
    }
  }
  tr[aria-current='step'] td {
    background: color-mix(in srgb, var(--ready-fill) 16%, transparent);
  }
  .note td {
    color: var(--muted);
  }
`;

const editor = css`
  .editor {
    border-block-start: 1px solid var(--line);
    padding-block-start: 0.75rem;
  }
  summary {
    inline-size: fit-content;
    min-block-size: 1.75rem;
    color: var(--accent);
    cursor: pointer;
  }
  .editor label {
    display: block;
    margin-block: 0.75rem 0.375rem;
    font-weight: 600;
  }
  .editor label span {
    color: var(--muted);
    font-weight: 400;
  }
  textarea {
    box-sizing: border-box;
    inline-size: 100%;
    padding: 0.75rem;
    border: 1px solid var(--quiet);
    border-radius: 0.625rem;
    background: var(--surface);
    color: var(--ink);
    font: 1rem/1.6 var(--mono);
    resize: vertical;
  }
  textarea[aria-invalid='true'] {
    border-color: var(--late);
  }
  .problems {
    color: var(--late);
  }
  .problems ul {
    margin: 0.5rem 0 0;
    padding: 0;
    list-style: none;
  }
  .problems li + li {
    margin-block-start: 0.5rem;
  }
  .problems p {
    color: var(--muted);
  }
  .problems b {
    margin-inline-end: 0.5em;
    font-family: var(--mono);
    font-weight: 600;
  }
  .editor .buttons {
    margin-block-start: 0.5rem;
    color: var(--muted);
  }
`;

const otherMedia = css`
  /* On paper nothing can be pressed: the picture and the words for readers without JavaScript stand there instead. */
  .on-paper {
    display: none;
  }
  @media print {
    .demo {
      display: none;
    }
    .on-paper {
      display: block;
    }
  }
  @media (forced-colors: active) {
    select {
      appearance: auto;
    }
    button.main {
      forced-color-adjust: none;
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      transition: none !important;
      animation: none !important;
    }
  }
`;

export const demoStyles = [frame, choice, controls, tables, editor, otherMedia];
