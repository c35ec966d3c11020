// reduce with an async callback begins every callback at once; each waits at the promise of the one before.
// Source: ECMAScript 23.1.3.24 Array.prototype.reduce; 27.7.5.3 Await
(async () => {
  const sum = await [1, 2, 3].reduce(async (before, number) => {
    console.log('begins', number);
    const total = await before;
    console.log('adds', number);
    return total + number;
  }, 0);
  console.log(sum);
})();
