// @ts-check
// The hallway in sentences, for those who do not see the picture.
import { inMs } from '../player/labels.js';

/**
 * What there is: who rings, where the guard is, and when each message will come.
 *
 * @param {import('./hallway-state.js').HallwayState} state
 */
export function hallwayInWords(state) {
  const { doors, guard, first, now, count, counts, busy, strategy } = state;
  const ringing = doors.filter((door) => door.caller && !door.open);
  const told = ringing.map((door) => `${door.name} for ${inMs(door.waited)}`);
  const untold = counts.ready + counts.late - ringing.length;
  if (untold > 0) told.push(`${untold} more`);
  const coming = doors.filter(({ comes }) => comes < Infinity).map(({ name, comes }) => `${name} at ${inMs(comes)}`);
  const at = doors[guard - first];
  const takes = counts.handling ? 'takes the message' : 'has taken the last message';
  const does = !busy ? 'waits' : at?.kind === 'socket' ? takes : 'answers';
  const where = guard < 0 ? 'The guard watches the panel of lamps' : `The guard ${does} at door ${at?.name}`;
  return [
    `A hallway of ${count} ${count === 1 ? 'door' : 'doors'}, ${strategy}, at ${inMs(now)}.`,
    `${state.where ?? where}.`,
    told.length ? `Ringing: ${told.join(', ')}.` : busy ? 'Nobody else rings.' : 'Nobody rings.',
    coming.length ? `To come: ${coming.join(', ')}.` : '',
    counts.done === count && count ? 'All messages are handled.' : '',
    ...(state.more ?? []),
  ].filter(Boolean);
}
