// What a program replaces of the language is not called by what the page does.
// Source: ECMAScript 9.3 Realms: what a host does is told in terms of the intrinsics, which stay as they are
let text = '';
const { apply } = Reflect;
const log = (...list) => {
  for (let i = 0; i < list.length; i++) text += `${list[i]} `;
};
for (const [owner, names] of [
  [Array.prototype, ['filter', 'map', 'push', 'some', 'splice', 'includes', 'slice', 'indexOf', Symbol.iterator]],
  [Map.prototype, ['get', 'set', 'delete', 'has']],
  [Set.prototype, ['add', 'delete']],
  [WeakMap.prototype, ['get', 'set', 'has']],
  [Object, ['create', 'assign', 'defineProperty']],
  [Reflect, ['apply']],
  [Math, ['max', 'min', 'floor']],
]) {
  for (let i = 0; i < names.length; i++) {
    const native = owner[names[i]];
    owner[names[i]] = function (...list) {
      log('own', String(names[i]));
      return apply(native, this, list);
    };
  }
}
const button = document.createElement('button');
new MutationObserver((records) => log('records', records.length)).observe(button, { attributes: true });
button.onclick = () => log('clicked');
button.click();
button.id = 'id';
document.body.append(button, 'text');
button.remove();
const { port1, port2 } = new MessageChannel();
port1.onmessage = (event) => log(event.data, port1.close());
port2.postMessage('message');
scheduler.postTask(() => log('background'), { priority: 'background', delay: 20 });
addEventListener('unhandledrejection', (event) => log(event.reason, event.preventDefault()));
new Promise((resolve, reject) => reject('unhandled'));
addEventListener('error', (event) => log(event.message, event.preventDefault()));
queueMicrotask(() => undefined.key);
setTimeout(() => requestAnimationFrame(() => requestIdleCallback(() => console.log(text))), 40);
