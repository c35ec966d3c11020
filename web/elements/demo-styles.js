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
    gap: 1rem;
    min-inline-size: 0;
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
    min-block-size: 2.5rem;
    padding: 0 1rem 0 0.75rem;
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
`;

const controls = css`
  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.75rem 1.25rem;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
  }
  button,
  select {
    min-block-size: 2.75rem;
    padding: 0 1rem;
    border: 1px solid var(--quiet);
    border-radius: 0.625rem;
    background: var(--surface);
    color: var(--ink);
    font: inherit;
    cursor: pointer;
  }
  button:hover:enabled {
    border-color: var(--accent);
  }
  button.main {
    min-inline-size: 6rem;
    border-color: var(--accent);
    background: var(--accent);
    color: var(--bg);
    font-weight: 600;
  }
  button[aria-pressed='true'] {
    border-color: var(--accent);
    box-shadow: inset 0 0 0 1px var(--accent);
  }
  button:disabled {
    border-color: var(--line);
    background: none;
    color: var(--quiet);
    cursor: default;
  }
  .scrubber {
    display: flex;
    flex: 1 1 12rem;
    align-items: center;
    gap: 0.75rem;
  }
  .scrubber input {
    flex: 1;
    min-inline-size: 0;
    block-size: 2.75rem;
    margin: 0;
    accent-color: var(--accent);
  }
  output {
    color: var(--muted);
    font-variant-numeric: tabular-nums;
  }
  .pace {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    color: var(--muted);
  }
  .why {
    min-block-size: 4.5em;
    margin: 0;
    padding: 0.875rem 1rem;
    border-inline-start: 4px solid var(--ready-fill);
    border-radius: 0 0.625rem 0.625rem 0;
    background: var(--surface);
    font-size: 1.0625rem;
    line-height: 1.5;
    overflow-wrap: anywhere;
  }
  .why strong {
    display: block;
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
    inline-size: 4.5rem;
    text-align: end;
  }
  td.ms::after {
    content: ' ms';
    color: var(--muted);
  }
  .name {
    font-family: var(--mono);
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
  @media print {
    .controls,
    .editor,
    .choice {
      display: none;
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
