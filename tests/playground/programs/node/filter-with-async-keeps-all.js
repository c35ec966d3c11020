// filter with an async callback keeps everything: a promise is truthy.
// Source: ECMAScript 23.1.3.8 Array.prototype.filter: ToBoolean of what the callback returns
(async () => {
  const kept = [1, 2, 3].filter(async (number) => number > 2);
  console.log(kept);
  const answers = await Promise.all([1, 2, 3].map(async (number) => number > 2));
  console.log([1, 2, 3].filter((_, i) => answers[i]));
})();
