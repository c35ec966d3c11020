// A loop may have several labels: break and continue may name each of them.
// Source: ECMAScript 14.13 Labelled Statements
async function run() {
  outer: also: for (const i of [1, 2, 3]) {
    for await (const k of ['a', 'b']) {
      console.log(i, k);
      if (i === 1) continue also;
      if (i === 2) continue outer;
      break also;
    }
  }
  one: two: three: for await (const i of [1, 2, 3]) {
    console.log(i);
    if (i === 1) continue three;
    if (i === 2) continue two;
    break one;
  }
}
run().then(() => console.log('done'));
