// await is a unary operator: await a + b adds after it waited.
// Source: ECMAScript 15.8 AwaitExpression: await UnaryExpression
const two = Promise.resolve(2);
(async () => {
  console.log((await two) + 1, -(await two), (await two) ** 3, typeof (await two));
  console.log(await two.then((value) => value * 10));
  console.log(!(await two), `${await two}!`);
})();
