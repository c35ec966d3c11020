// @ts-check
import { css } from 'lit';

export const timeChartStyles = css`
  .time-chart {
    color: var(--muted);
    font-family: var(--sans);

    svg {
      display: block;
      width: 100%;
      height: auto;
    }
    > svg {
      font-size: 13px;
      touch-action: pan-y; /* a finger that moves sideways seeks, up and down it scrolls */
      user-select: none;
      cursor: ew-resize;
    }
    text {
      fill: var(--ink);
    }
    .name {
      font: 600 13px var(--mono);
    }
    .muted {
      fill: var(--muted);
    }
    .middle,
    .label,
    .playhead text {
      text-anchor: middle;
    }
    .label {
      font-size: 12px;
      font-weight: 600;
      paint-order: stroke;
      stroke: var(--surface);
      stroke-width: 7px;
      stroke-linejoin: round;
    }
    .grid {
      stroke: var(--line);
    }
    .quiet {
      stroke: var(--quiet);
      stroke-width: 2;
    }
    .future {
      stroke-width: 1;
      stroke-dasharray: 1 5;
    }
    .late {
      fill: url(#late-time);
      stroke: var(--late);
    }
    .ground {
      fill: var(--surface);
    }
    .stripe {
      fill: var(--late);
    }
    .block {
      fill: var(--done);
      stroke: var(--surface);
    }
    .taken {
      fill: var(--surface);
      stroke: var(--done);
    }
    .check {
      fill: none;
      stroke: var(--surface);
      stroke-width: 2.2;
      stroke-linecap: round;
    }
    .come {
      fill: var(--ready-fill);
      stroke: var(--ready);
      stroke-width: 1.5;
    }
    .coming {
      fill: var(--surface);
      stroke: var(--quiet);
      stroke-width: 1.5;
    }
    .asleep {
      fill: none;
      stroke: var(--quiet);
      stroke-dasharray: 3 3;
    }
    .asking {
      fill: url(#asking-time);
      stroke: var(--quiet);
    }
    .comb {
      fill: var(--quiet);
    }
    .way {
      font: 600 15px var(--mono);
    }
    .playhead {
      fill: var(--accent);
      path {
        stroke: var(--accent);
        stroke-width: 2;
      }
      text {
        fill: var(--surface);
        font: 600 13px var(--mono);
      }
    }
    ul {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 18px;
      margin: 8px 0 0;
      padding: 0;
      list-style: none;
    }
    li {
      display: flex;
      align-items: center;
      gap: 6px;
    }
    li svg {
      width: 2.1em;
    }
  }
`;
