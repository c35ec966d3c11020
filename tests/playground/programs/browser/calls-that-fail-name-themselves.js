// A call that cannot be done says which call it was; JSON says in which line and column it ended.
// Source: HTML 8.6 Timers, 9.4.4 Message ports; DOM 4.4 Interface Node; the messages are Chromium's
const { port1 } = new MessageChannel();
const wrong = [
  () => setTimeout(),
  () => port1.postMessage(),
  () => port1.postMessage(() => {}),
  () => postMessage(() => {}, '*'),
  () => document.createElement(),
  () => document.body.removeChild(document.createElement('p')),
  () => new MutationObserver(() => {}).observe(document.body, { subtree: true }),
  () => AbortSignal.timeout(),
  () => JSON.parse('{"a": 1,\n  b}'),
  () => JSON.parse('[1]]'),
];
for (const work of wrong) {
  try {
    work();
  } catch (error) {
    console.log(error.name, error.message, error.code);
  }
}
