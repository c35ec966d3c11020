// A call without what it needs throws, and says what; so does what cannot be cloned, or is no base64.
// Source: DOM 2.7; Web IDL 3.7.6 "create an operation function"; the message is Chromium's own
const wrong = [
  () => new Event(),
  () => new CustomEvent(),
  () => addEventListener('x'),
  () => document.body.dispatchEvent({}),
  () => queueMicrotask(),
  () => queueMicrotask(5),
  () => requestAnimationFrame(),
  () => new MutationObserver(),
  () => new AbortSignal(),
  () => structuredClone(),
  () => structuredClone(() => {}),
  () => atob('*'),
  () => btoa('€'),
];
for (const work of wrong) {
  try {
    work();
  } catch (error) {
    console.log(`${error.name}: ${error.message}`);
  }
}
window.onerror = (message, file, line) => {
  console.log(message, line > 0);
  return true;
};
setTimeout(() => {
  throw 'a text';
});
console.log(setTimeout.length, setInterval.length, btoa('hello'), atob('aGVsbG8='));
