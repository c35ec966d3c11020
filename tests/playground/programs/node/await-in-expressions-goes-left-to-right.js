// Operands are evaluated from left to right; what stands left of an await is kept over it.
// Source: ECMAScript 13.15 Assignment Operators; 13.3.8 Argument Lists
const say = (value) => (console.log('evaluates', value), value);
let sum = 1;
const add = async () => {
  sum = sum + (await say(10)); // reads sum before it waits
};
(async () => {
  const waiting = add();
  sum = 100;
  await waiting;
  console.log(sum);
  console.log([say('a'), await say('b'), say('c')].join());
  const value = { [say('key')]: await say('value') };
  console.log(value);
})();
