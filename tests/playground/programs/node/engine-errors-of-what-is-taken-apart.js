// A function that gets nothing to take apart says of which property; a pattern in a pattern, what it would have read.
// Source: ECMAScript 8.6.2 BindingInitialization, RequireObjectCoercible; the message is the engine's own, here V8's
function plain({ id }) {}
const arrow = (first, { id = 1 }) => id;
const deep = ({ user: { name } }) => name;
async function later({ id }) {}
class Model {
  constructor({ options }) {}
  async load({ page: { size } }) {}
}
let q;
const wrong = [
  () => plain(),
  () => arrow(1),
  () => deep({}),
  () => new Model(),
  () => [undefined].map(({ id }) => id),
  () =>
    ({
      q: { q },
    } = {}),
  () => {
    const [{ first }] = [];
  },
  () => {
    const { id = 1 } = q;
  },
  () => Math.max(...5),
  () => plain(1, ...undefined),
  () => new Set(5),
];
for (const work of wrong) {
  try {
    work();
  } catch (error) {
    console.log(String(error));
  }
}
later().catch((error) => console.log(error.message));
new Model({}).load({}).catch((error) => console.log(error.message));
console.log(plain.length, arrow.length, deep.length, later.length, Model.length);
