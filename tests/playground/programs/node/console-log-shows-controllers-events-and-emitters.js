// console.log shows what Node's own objects show of themselves: signals, controllers, targets, emitters.
// Source: Node.js, lib/internal/abort_controller.js, lib/internal/event_target.js customInspect; lib/events.js init
const { EventEmitter } = require('events');
const controller = new AbortController();
console.log(controller, [controller.signal], AbortSignal.abort('why'));
console.log({ a: { b: { controller } } }, { a: { b: { c: controller.signal } } });
class Clock extends EventTarget {
  ticks = 1;
}
console.log(new EventTarget(), new Clock(), { a: { b: { c: new Event('x'), d: new EventTarget() } } });
class Store extends EventEmitter {
  items = [1];
}
const store = new Store();
console.log(store);
store.on('change', function changed() {});
console.log(store, Object.getOwnPropertySymbols(store));
