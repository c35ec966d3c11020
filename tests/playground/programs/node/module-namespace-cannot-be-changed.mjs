// What a module exports can only be read by others: a namespace cannot be changed, its default can.
// Source: ECMAScript 10.4.6 Module Namespace Exotic Objects
import events, * as all from 'events';
for (const change of [() => (all.once = 1), () => (all['own'] = 1), () => delete all.once]) {
  try {
    change();
  } catch (error) {
    console.log(error.name);
  }
}
const again = await import('node:events');
console.log(all.once === events.once, all.default === events, again.once === all.once, all[Symbol.toStringTag]);
events['own'] = 2;
console.log(events['own'], Object.isFrozen(events), Object.keys(all).includes('once'));
