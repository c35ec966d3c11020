// @ts-check
import { css } from 'lit';
import { dialStyles } from '../player/dial.js';
import { lampStyles } from '../player/lamp.js';

export const hallwayStyles = css`
  ${dialStyles} ${lampStyles}
  .hallway {
    --paint: light-dark(#9c8763, var(--quiet));
    --wall: color-mix(in oklab, var(--bg), var(--paint) 20%);
    --wainscot: color-mix(in oklab, var(--bg), var(--paint) 34%);
    --floor: color-mix(in oklab, var(--bg), var(--paint) 8%);
    --frame: color-mix(in oklab, var(--bg), var(--paint) 65%);
    --leaf: color-mix(in oklab, color-mix(in oklab, var(--bg), var(--quiet) 32%), var(--accent) 30%);
    --dark: color-mix(in oklab, var(--leaf) 40%, #171a2c);
    --coat: color-mix(in oklab, var(--bg) 22%, var(--accent));
    --outline: #22243a;
    display: block;
    width: 100%;
    height: auto;
    border-radius: 12px;
    font: 13px var(--sans);

    text {
      fill: var(--ink);
      text-anchor: middle;
    }
    .name {
      font: 600 13px var(--mono);
    }
    .muted,
    .quiet .word,
    .done:not(.open) .word {
      fill: var(--muted);
    }
    .tight .word {
      font-size: 12px;
    }
    .late .word {
      fill: var(--late);
      font-weight: 600;
    }
    .wall {
      fill: var(--wall);
    }
    .wainscot {
      fill: var(--wainscot);
    }
    .floor {
      fill: var(--floor);
    }
    .frame {
      fill: var(--frame);
      stroke: none;
    }

    .beyond {
      fill: var(--dark);
    }
    .pool {
      fill: var(--ready-fill);
    }
    .rings .beyond {
      fill: color-mix(in oklab, var(--ready-fill), #fff3dc 35%);
    }
    .coat-0 {
      fill: color-mix(in oklab, var(--done) 65%, var(--outline));
    }
    .coat-1 {
      fill: color-mix(in oklab, var(--late) 55%, var(--outline));
    }
    .coat-2 {
      fill: color-mix(in oklab, var(--quiet) 75%, var(--outline));
    }
    .caller {
      opacity: 0;
      transition: opacity 250ms;
    }
    .rings .caller {
      opacity: 1;
    }
    .letter {
      fill: #fffaf0;
      stroke: var(--outline);
      stroke-width: 1.5;
    }
    .leaf {
      fill: var(--leaf);
      transform-origin: -42px 0;
      transition: transform 350ms ease-in-out;
    }
    .open .leaf {
      transform: scaleX(0.2);
      transition-delay: 200ms; /* when the guard is nearly there */
    }
    .pane {
      fill: var(--dark);
      opacity: 0.12;
    }
    .bars {
      fill: none;
      stroke: var(--frame);
      stroke-width: 2;
    }
    .knob {
      fill: var(--ready-fill);
    }
    .glow,
    .pool {
      opacity: 0;
      transition: opacity 250ms;
    }
    .rings .glow {
      opacity: 1;
    }
    .rings .pool {
      opacity: 0.4;
    }
    .plate,
    .panel rect {
      fill: var(--surface);
      stroke: var(--quiet);
    }
    .watched rect {
      stroke: var(--ready);
      stroke-width: 2;
    }
    .cell {
      fill: none;
      stroke: var(--quiet);
      stroke-width: 0.8;
      &.done {
        fill: var(--done);
        stroke: none;
      }
      &.ready,
      &.handling {
        fill: var(--ready-fill);
        stroke: var(--ready);
      }
      &.late {
        fill: var(--ready-fill);
        stroke: var(--late);
      }
    }

    .clock text {
      font: 600 15px var(--mono);
      text-anchor: start;
    }
    .window {
      fill: color-mix(in oklab, var(--outline), var(--accent) 30%); /* it is night, whatever the page's colors */
      stroke: var(--frame);
      stroke-width: 4;
    }
    .moon {
      fill: color-mix(in oklab, var(--ready-fill), #fff 55%);
      stroke: color-mix(in oklab, var(--ready-fill), #fff 55%);
      stroke-width: 2;
      stroke-linecap: round;
    }

    .guard {
      transition: transform 450ms ease-in-out;
    }
    .shadow,
    .hem,
    .boots {
      fill: var(--outline);
    }
    .shadow,
    .hem {
      opacity: 0.3;
    }
    .coat {
      fill: var(--coat);
    }
    .face {
      fill: color-mix(in oklab, var(--ready-fill) 35%, #f6e9da);
    }
    .lines,
    .sleeve,
    .buttons {
      fill: none;
      stroke: var(--outline);
      stroke-width: 2;
      stroke-linecap: round;
    }
    .buttons {
      stroke: var(--ready-fill);
      stroke-width: 4;
    }
    .sleeve {
      stroke: color-mix(in oklab, var(--coat), var(--outline) 30%);
      stroke-width: 9;
    }
    .lantern {
      fill: var(--ready-fill);
      stroke: var(--outline);
      stroke-width: 2;
    }
    /* The same steps under three names: it is the change of name that starts an animation again. */
    .walk-0 {
      animation: walk-0 450ms;
    }
    .walk-1 {
      animation: walk-1 450ms;
    }
    .walk-2 {
      animation: walk-2 450ms;
    }
  }
  @keyframes walk-0 {
    25%,
    75% {
      transform: translateY(-4px) rotate(-1.5deg);
    }
  }
  @keyframes walk-1 {
    25%,
    75% {
      transform: translateY(-4px) rotate(1.5deg);
    }
  }
  @keyframes walk-2 {
    25%,
    75% {
      transform: translateY(-4px);
    }
  }
  :host([data-instant]) .hallway *,
  [data-instant] .hallway * {
    transition: none;
    animation: none;
  }
  @media (forced-colors: active) {
    .hallway {
      --paint: Canvas;
      --leaf: Canvas;
      --dark: Canvas;
      --frame: CanvasText;
      .glow,
      .pool {
        display: none;
      }
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .hallway * {
      transition: none !important;
      animation: none !important;
    }
  }
`;
