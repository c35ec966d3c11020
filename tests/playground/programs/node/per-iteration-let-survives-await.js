// The variable of a round is that round's own, also after an await in it.
// Source: ECMAScript 14.7.4.4 CreatePerIterationEnvironment
(async () => {
  const later = [];
  for (let i = 0; i < 4; i++) {
    if (i === 1) continue;
    later.push(() => i);
    await null;
    i += 0;
    if (i === 2) break;
  }
  console.log(later.map((read) => read()));
})();
