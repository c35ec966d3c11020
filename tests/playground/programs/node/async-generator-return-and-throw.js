// return and throw of an async generator end it, through finally.
// Source: ECMAScript 27.6.1.3 AsyncGenerator.prototype.return; 27.6.1.4 AsyncGenerator.prototype.throw
async function* guarded(name) {
  try {
    yield name;
  } catch (error) {
    yield `${name} caught ${error.message}`;
  } finally {
    console.log(name, 'finally');
  }
}
(async () => {
  const a = guarded('a');
  await a.next();
  console.log(await a.return('early'));
  const b = guarded('b');
  await b.next();
  console.log(await b.throw(new Error('thrown in')));
  console.log(await b.next());
  console.log(await guarded('c').return('not begun'));
  await guarded('d')
    .throw(new Error('not begun'))
    .catch((error) => console.log(error.message));
})();
