// break in for await over a plain iterator closes it too.
// Source: ECMAScript 27.1.4.2.2 %AsyncFromSyncIteratorPrototype%.return
function* names() {
  try {
    yield 'Ada';
    yield 'Grace';
  } finally {
    console.log('closed');
  }
}
(async () => {
  for await (const name of names()) {
    console.log(name);
    break;
  }
})();
