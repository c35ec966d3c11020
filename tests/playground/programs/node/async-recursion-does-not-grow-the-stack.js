// A function that calls itself after an await does not grow the stack.
// Source: ECMAScript 27.7.5.3 Await: each continuation begins with an empty stack
async function count(n) {
  if (n === 0) return 'done';
  await null;
  return count(n - 1);
}
count(2000).then(console.log);
