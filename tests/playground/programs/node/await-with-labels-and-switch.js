// Labels, switch, break and continue work across awaits.
// Source: ECMAScript 14.8 to 14.13 The continue, break, switch and labelled Statements
(async () => {
  outer: for (const a of [1, 2, 3]) {
    for (const b of [1, 2, 3]) {
      switch (await (a * b)) {
        case 2:
          continue outer;
        case 6:
          break outer;
        default:
          console.log(a, b);
      }
    }
  }
  console.log('out');
})();
