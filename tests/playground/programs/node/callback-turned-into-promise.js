// A callback with an error first becomes a promise by hand or by util.promisify.
// Source: Node.js, Util: util.promisify(original)
const { promisify } = require('node:util');
function divide(a, b, callback) {
  setTimeout(() => (b === 0 ? callback(new Error('by zero')) : callback(null, a / b)), 5);
}
const divided = promisify(divide);
(async () => {
  console.log(await divided(6, 3));
  await divided(1, 0).catch((error) => console.log(error.message));
  const wait = promisify(setTimeout);
  console.log(await wait(5, 'waited'));
})();
