// Calls of next that come while the generator is busy are queued and answered in order.
// Source: ECMAScript 27.6.3 AsyncGenerator Abstract Operations: [[AsyncGeneratorQueue]]
async function* letters() {
  yield 'a';
  await null;
  yield 'b';
}
const generator = letters();
for (let i = 1; i <= 4; i++) generator.next().then(({ value, done }) => console.log(i, value, done));
console.log('all are asked for');
