// A loop with await does one thing after another, and gives way to other microtasks at each await.
// Source: ECMAScript 27.7.5.3 Await
async function count(name) {
  for (let i = 1; i <= 3; i++) {
    await null;
    console.log(name, i);
  }
}
count('a');
count('b');
console.log('script end');
