// An await may stand in every part of a loop's head.
// Source: ECMAScript 14.7 Iteration Statements
const give = async (value) => value;
(async () => {
  for (let i = await give(0); await give(i < 3); i += await give(1)) console.log('for', i);
  let n = 2;
  while (await give(n-- > 0)) console.log('while', n);
  do console.log('do', n);
  while (await give(n++ < 0));
  for (const letter of await give('xy')) console.log('of', letter);
  for (const key in await give({ a: 1, b: 2 })) console.log('in', key);
})();
