// await holds up only its own function: others go on meanwhile.
// Source: ECMAScript 27.7.5.3 Await: the function's execution context is suspended
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function cook(dish, ms) {
  console.log('begins', dish);
  await wait(ms);
  console.log('serves', dish);
}
cook('roast', 60);
cook('salad', 5);
console.log('the kitchen is free');
