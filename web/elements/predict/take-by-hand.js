// @ts-check
/** The learner takes a door or a card in the picture: by a click or tap, or by dragging it to the guard or the desk. */
import { pageAt } from '../player/messages.js';

const DRAG = 8; // CSS pixels: less is a click
const NEAR = 28; // CSS pixels around the guard or the desk

/** What in the picture can be taken. */
const THINGS = '.door, .tray .card, .bell';

/**
 * Which statement a thing of the picture stands for; -1 for none.
 *
 * @param {any} demo @param {HTMLElement} thing
 */
function statementOf({ trace, shadowRoot, position }, thing) {
  if (thing.matches('.door')) {
    const first = trace.statements.length > 8 ? pageAt(trace, position) : 0;
    return [...shadowRoot.querySelectorAll('.door')].indexOf(thing) + first;
  }
  const [kind, event] = thing.dataset.place?.split(' ') ?? [];
  if (kind === 'card') return trace.events(Number(event)).statement;
  const name = thing.querySelector('b')?.title;
  return trace.statements.findIndex((/** @type {{ name: string }} */ statement) => statement.name === name);
}

/**
 * Listens on the picture of a demo; what it gives back ends that.
 *
 * @param {any} demo @param {(statement: number) => void} take @returns {() => void}
 */
export function takeByHand(demo, take) {
  const stage = /** @type {HTMLElement} */ (demo.shadowRoot.querySelector('.stage'));
  const ending = new AbortController();
  const { signal } = ending;
  /** @type {{ statement: number, name: string, x: number, y: number } | undefined} */
  let held;
  /** @type {HTMLElement | undefined} */
  let ghost;
  let wasDragged = false;

  const thingAt = (/** @type {Event} */ { target }) =>
    /** @type {HTMLElement | null | undefined} */ (/** @type {Element} */ (target).closest?.(THINGS));

  const isThere = (/** @type {PointerEvent} */ { clientX, clientY }) => {
    const { left, right, top, bottom } =
      stage.querySelector('.guard, .blotter')?.getBoundingClientRect() ?? new DOMRect();
    return clientX > left - NEAR && clientX < right + NEAR && clientY > top - NEAR && clientY < bottom + NEAR;
  };

  const drop = () => {
    ghost?.remove();
    ghost = held = undefined;
  };

  stage.addEventListener(
    'pointerdown',
    (event) => {
      const thing = stage.classList.contains('asks') && event.isPrimary && thingAt(event);
      wasDragged = false;
      if (!thing) return;
      const statement = statementOf(demo, thing);
      const name = demo.trace.statements[statement]?.name ?? '';
      held = { statement, name, x: event.clientX, y: event.clientY };
    },
    { signal },
  );
  addEventListener(
    'pointermove',
    (event) => {
      if (!held || (!ghost && Math.hypot(event.clientX - held.x, event.clientY - held.y) < DRAG)) return;
      if (!ghost) {
        ghost = Object.assign(document.createElement('div'), { className: 'taken-along', textContent: held.name });
        stage.append(ghost);
        wasDragged = true;
      }
      ghost.style.translate = `${event.clientX}px ${event.clientY}px`;
      ghost.classList.toggle('there', isThere(event));
    },
    { signal },
  );
  addEventListener(
    'pointerup',
    (event) => {
      const statement = ghost && isThere(event) ? held?.statement : undefined;
      drop();
      if (statement !== undefined) take(statement);
    },
    { signal },
  );
  addEventListener('pointercancel', drop, { signal });
  stage.addEventListener(
    'click',
    (event) => {
      const thing = thingAt(event);
      if (thing && !wasDragged) take(statementOf(demo, thing));
    },
    { signal },
  );
  return () => {
    drop();
    ending.abort();
  };
}
