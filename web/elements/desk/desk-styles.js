// @ts-check
/** How the desk looks. It flows on its own width, not the page's, for a teacher may set it in a narrow column. */
import { css } from 'lit';
import { dialStyles } from '../player/dial.js';
import { lampStyles } from '../player/lamp.js';

const styles = css`
  .desk {
    --wall: color-mix(in oklab, var(--bg), var(--quiet) 15%);
    --frame: var(--trim);
    --trim: light-dark(#a98556, #7d6155);
    --wood: light-dark(#ecd7b3, #55413b);
    --front: light-dark(#cfae7e, #3c2e2d);
    --tray: light-dark(#dfc59b, #40312f);
    --mat: light-dark(#a9c4ba, #2e4644);
    --paper: light-dark(#fffdf7, #f3ebdb);
    --print: #23263a;
    --coat: color-mix(in oklab, var(--bg) 22%, var(--accent));
    --night: #1b1f33;
    container-type: inline-size;
  }
  .office {
    display: grid;
    grid-template: 'bells bells' 'trays trays' 'figure clock' 'blotter pile' / 1.25fr 1fr;
    overflow: hidden;
    border-radius: 12px;
    background: var(--wall);
    color: var(--ink);
    font: clamp(13px, 11px + 0.35cqi, 17px) / 1.35 var(--sans);

    * {
      box-sizing: border-box;
    }
    :is(p, ol, ul) {
      margin: 0;
      padding: 0;
      list-style: none;
    }
    svg {
      fill: none;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
    b {
      font-weight: 600;
      overflow-wrap: anywhere;
    }
    :is(li, .clock) b {
      font-family: var(--mono);
    }
    .label {
      position: relative;
      z-index: 2; /* the lamp's light falls behind the words */
      margin-bottom: 0.5em;
    }
    .label b {
      display: block;
    }
  }
  :is(.label span, .facts, .more, .row span) {
    font-size: max(12px, 0.88em);
  }
  .label,
  .bells .more {
    min-height: 1.35em;
  }
  .row,
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.6em;
  }
  .row {
    align-items: baseline;
  }
  .row > :last-child {
    margin-left: auto;
  }
  .glyph {
    width: 1em;
    vertical-align: -0.13em;
    stroke: currentColor;
    stroke-width: 1.6;
  }
  .more {
    padding: 0.4em 0;
  }

  .bells {
    grid-area: bells;
    padding: 0.9em;
  }
  .bells ul {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(14em, 100%), 1fr));
    gap: 0.5em;
  }
  .bell,
  .spare {
    min-height: 3.5em;
    border: 1px solid transparent;
    border-radius: 8px;
  }
  .bell {
    display: grid;
    grid-template-columns: 2.5em 1fr;
    column-gap: 0.4em;
    align-content: center;
    padding: 0.3em 0.6em 0.3em 0.2em;
    border-color: var(--line);
    background: var(--surface);
  }
  .bell .facts {
    color: var(--muted);
  }
  .bell em {
    color: var(--ink);
    font-style: normal;
  }
  .signal {
    grid-row: 1 / 3;
    align-self: center;
  }

  .trays,
  .ring,
  .blotter,
  .pile {
    padding: 0.9em;
    border-bottom: 0.9em solid var(--front);
    background: var(--wood);
  }
  .trays {
    display: grid;
    grid-area: trays;
    grid-template-columns: 1fr 1fr;
    gap: 0.8em;
  }
  .blotter {
    grid-area: blotter;
  }
  .pile {
    grid-area: pile;
  }
  .tray {
    display: flex;
    flex-direction: column;
    padding: 0.6em 0.6em 0;
    border: 2px solid var(--trim);
    border-bottom-width: 0.6em;
    border-radius: 6px;
    background: var(--tray);
  }
  /* The stripes of express mail: this tray is urgent. */
  .tick::after,
  .microtask::after {
    content: '';
    height: 0.6em;
    margin: auto calc(-0.6em - 2px) -0.6em;
    border-radius: 0 0 5px 5px;
    background: repeating-linear-gradient(120deg, var(--coat) 0 0.8em, var(--paper) 0 1.6em);
  }
  .tray ol {
    display: grid;
    gap: 0.4em;
    align-content: start;
    min-height: calc(clamp(1, var(--room), 4) * 3.7em);
    padding-bottom: 0.6em;
  }
  .card,
  .empty {
    position: relative;
    z-index: 2;
    display: grid;
    align-content: center;
    min-height: 3.3em;
    padding: 0.25em 0.6em;
    border: 1px solid light-dark(#d9c9a8, transparent);
    border-radius: 3px;
    background: var(--paper);
    color: var(--print);
    box-shadow: 0 1px 4px #0004;
  }
  .card .facts {
    color: #595862;
  }
  .swap {
    color: #2a57c4;
    font-size: max(12px, 0.88em);
  }
  .card.hop {
    border: 1.5px dashed #595862;
  }
  .card.never {
    padding-left: 1.2em;
    border-color: var(--late);
    background: repeating-linear-gradient(-45deg, #b9301f 0 2px, transparent 2px 5px) 0 0 / 0.6em 100% no-repeat
      var(--paper);
  }
  .card.never strong {
    color: #b9301f;
  }
  .office .empty {
    border: 1.5px dashed var(--trim);
    background: none;
    box-shadow: none;
    color: inherit;
    font-style: italic;
    text-align: center;
  }
  .blotter ol {
    padding: 1em;
    border-radius: 6px;
    background: var(--mat);
  }
  .blotter .card {
    font-size: 1.1em;
  }
  .stamp {
    position: absolute;
    top: 0.35em;
    right: 0.5em;
    width: 1.3em;
    stroke: #0b735a;
    stroke-width: 2.5;
  }
  .pile .card {
    padding-right: 1.9em;
  }
  .pile .card:nth-child(n + 2) {
    min-height: 0;
    margin-top: -2px;
    rotate: 1deg;
  }
  .pile .card:nth-child(odd) {
    rotate: -0.8deg;
  }
  .pile .card:nth-child(n + 2) .facts {
    display: none;
  }

  /* Node: a track that the loop walks, from phase to phase, around what is drained after every callback. */
  .ring {
    display: grid;
    grid-area: trays;
    grid-template: 'main main' 'timers poll' 'hub hub' 'check check' / 1fr 1fr;
    grid-template-rows: auto auto 1fr auto;
    gap: 1.4em;
    position: relative;
  }
  .ring:not(:has(> .main)) {
    grid-template: 'timers poll' 'hub hub' 1fr 'check check' / 1fr 1fr;
  }
  .ring > .tray {
    position: relative;
    z-index: 1;
  }
  .tray:has(.token) {
    border-color: var(--accent);
  }
  .tray.main,
  .tray.frame {
    flex-flow: row wrap;
    gap: 0 1em;

    ol {
      flex: 1 8em;
    }
  }
  .tray.main {
    grid-area: main;
  }
  .tray.frame {
    grid-column: 1 / -1;
  }
  .tray.timers {
    grid-area: timers;
  }
  .tray.poll {
    grid-area: poll;
  }
  .tray.check {
    grid-area: check;
    width: 62%;
    justify-self: center;
  }
  .track {
    grid-area: timers-start / 1 / check-end / 3;
    position: absolute;
    inset: 2.6em 0.2em;
    border: 3px dotted var(--trim);
    border-radius: 4em;

    svg {
      position: absolute;
      width: 1.1em;
      stroke: var(--trim);
      stroke-width: 3;
      background: var(--wood);
    }
    > :nth-child(1) {
      top: 0;
      left: 50%;
      translate: -50% -55%;
    }
    > :nth-child(2) {
      top: 50%;
      right: 0;
      translate: 55% -50%;
      rotate: 90deg;
    }
    > :nth-child(3) {
      bottom: 0;
      right: 9%;
      translate: 0 55%;
      rotate: 180deg;
    }
    > :nth-child(4) {
      top: 50%;
      left: 0;
      translate: -55% -50%;
      rotate: -90deg;
    }
  }
  .hub {
    display: grid;
    grid-area: hub;
    grid-template: auto 1fr / 1fr 1fr;
    gap: 0 0.6em;
    margin: 0 1.2em;

    > .label {
      grid-column: 1 / -1;
      text-align: center;
      font-size: max(12px, 0.88em);
    }
    > .label b {
      display: inline;
    }
  }
  .token {
    position: absolute;
    z-index: 2;
    top: -0.8em;
    right: 0.5em;
    padding: 0 0.6em;
    border: 1px solid var(--paper);
    border-radius: 1em;
    background: var(--accent);
    color: var(--bg);
    font-size: max(12px, 0.88em);
    font-weight: 600;
  }
  .patterns {
    position: absolute;
    width: 0;
    height: 0;
  }

  .window {
    display: none;
    grid-area: window;
    height: 6.2em;
    place-self: center;
  }
  .sky {
    fill: color-mix(in oklab, var(--night), var(--accent) 30%);
  }
  .orb {
    fill: color-mix(in oklab, var(--ready-fill), #fff 55%);
  }
  .stars {
    stroke: #cfd3ea;
    stroke-width: 2.5;
  }
  .roofs {
    fill: var(--night);
  }
  .sash,
  .stand {
    stroke: var(--trim);
    stroke-width: 6;
  }
  .figure {
    z-index: 1;
    grid-area: figure;
    align-self: end;
    justify-self: center;
    overflow: visible;
    height: 7.5em;
    pointer-events: none;
  }
  .light {
    fill: light-dark(#fff8e080, #ffb84d24);
  }
  .hair {
    fill: light-dark(#6b4438, #8a5744);
  }
  .coat {
    fill: var(--coat);
  }
  .face {
    fill: color-mix(in oklab, var(--ready-fill) 35%, #f6e9da);
  }
  .pen {
    stroke: var(--night);
    stroke-width: 2.4;
  }
  .collar {
    fill: var(--paper);
  }
  .sleeve {
    stroke: color-mix(in oklab, var(--coat), var(--night) 30%);
    stroke-width: 14;
  }
  .hand {
    stroke: color-mix(in oklab, var(--ready-fill) 35%, #f6e9da);
    stroke-width: 13;
  }
  .shade {
    fill: light-dark(#3c7a6b, #3f8a78);
  }
  .bulb {
    fill: #fff0c9;
  }
  .clock {
    display: grid;
    grid-area: clock;
    gap: 0.2em 0.7em;
    place-content: center;
    place-items: center;
    padding: 0.5em 0;
    text-align: center;
  }
  .clock svg {
    width: 3.8em;
  }
  .clock .facts {
    min-height: 1.35em;
    color: var(--muted);
  }

  @container (min-width: 520px) {
    .office {
      grid-template: 'bells bells bells' 'window figure clock' 'trays blotter pile' / 2fr 1.2fr 1fr;
    }
    .window {
      display: block;
    }
  }
  @container (min-width: 520px) {
    .ring :not(.main) > .label b {
      display: inline; /* beside its note, for a ring is high */
    }
    .node .blotter {
      border-bottom: 0;
    }
    .office.node {
      grid-template: 'bells bells bells' 'window clock figure' 'trays trays blotter' 'trays trays pile' 1fr / 1fr 1fr 1.1fr;
    }
  }
  @container (min-width: 820px) {
    .office.node {
      grid-template:
        'bells window clock figure' auto 'bells trays trays blotter' auto 'bells trays trays pile' 1fr /
        minmax(16em, 1.2fr) 1.2fr 1fr 1.1fr;
    }
    .office.browser {
      grid-template:
        'bells window figure clock' auto 'bells trays blotter pile' 1fr / minmax(18em, 1.4fr)
        2.1fr 1.2fr 1fr;
    }
    .trays,
    .ring {
      border-top-left-radius: 10px;
    }
  }
  @container (min-width: 1000px) {
    .clock {
      grid-template-columns: auto minmax(8em, auto);
      text-align: left;
      place-items: center start;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .dial * {
      transition: 0.4s ease-in-out;
      transition-property: transform, stroke-dasharray;
    }
  }
  @media (forced-colors: active) {
    .desk {
      --trim: CanvasText;
      --wood: Canvas;
    }
    .window,
    .figure {
      display: none;
    }
    .token {
      forced-color-adjust: none;
    }
  }
`;

export const deskStyles = [dialStyles, lampStyles, styles];
