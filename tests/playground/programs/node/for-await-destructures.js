// The head of for await takes patterns, targets and let as for of does.
// Source: ECMAScript 14.7.5 The for-in, for-of, and for-await-of Statements
const pairs = async function* () {
  yield ['a', 1];
  yield ['b'];
};
const box = {};
(async () => {
  for await (const [key, value = 'none'] of pairs()) console.log(key, value);
  for await ([box.key, box.value] of pairs()) console.log(box);
  const readers = [];
  for await (let [key] of pairs()) readers.push(() => key);
  console.log(readers.map((read) => read()));
})();
