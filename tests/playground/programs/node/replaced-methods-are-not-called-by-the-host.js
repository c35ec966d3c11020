// What a program replaces of the language is not called by what the host does.
// Source: Node.js lib/internal/per_context/primordials.js
let text = '';
const { apply } = Reflect;
const log = (...list) => {
  for (let i = 0; i < list.length; i++) text += `${list[i]} `;
};
console.log('begin'); // Node makes its streams now
for (const [owner, names] of [
  [Array.prototype, ['filter', 'map', 'push', 'some', 'splice', 'forEach', 'includes', 'slice', 'reverse', 'find']],
  [Map.prototype, ['get', 'delete', 'has']],
  [WeakMap.prototype, ['get', 'set', 'has']],
  [Object, ['create', 'assign', 'defineProperty', 'keys', 'entries']],
  [Reflect, ['apply', 'ownKeys']],
  [JSON, ['stringify']],
]) {
  for (const name of names) {
    const native = owner[name];
    owner[name] = function (...list) {
      return (log('own', name), apply(native, this, list));
    };
  }
}
const emitter = new (require('node:events'))();
emitter.once('e', (v) => log('heard', v));
emitter.on('e', async () => log('heard too'));
emitter.emit('e', 1);
const controller = new AbortController();
controller.signal.addEventListener('abort', (event) => log(event.type), { once: true });
AbortSignal.any([controller.signal]).onabort = () => log('any');
controller.abort();
setImmediate((v) => require('node:fs').readFile('nothing.txt', v, (error) => log(error.code)), 'utf8');
process.nextTick((v) => log('tick', v), 3);
process.once('unhandledRejection', (e) => log('unhandled', e));
Promise.reject('late');
Promise.allSettled([Promise.reject(1), 2]).then((all) => log(all.length));
(async () => {
  await structuredClone({ a: [1] });
  null.x;
})().catch((error) => log(error.message));
process.on('exit', (code) => process.stdout.write(`${text}${code}\n`));
