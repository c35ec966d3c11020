// What is null, and is to be taken apart, is called null: as a parameter, in a loop, in a catch, in another pattern.
// Source: ECMAScript 8.6.2 BindingInitialization, RequireObjectCoercible; the message is the engine's own, here V8's
const user = { data: null };
const show = (first, { id }) => id;
class Model {
  constructor({ name, ...rest }) {
    this.name = name;
    this.rest = rest;
  }
}
const wrong = [
  () => show(1, null),
  () => new Model(null),
  () => [1, null].map(({ id }) => id),
  () => (({ id = 1 }) => id)(null),
  () => (({ id } = {}) => id)(null),
  () => {
    for (const { id } of [null]);
  },
  () => {
    try {
      throw null;
    } catch ({ message }) {
      return message;
    }
  },
  () => {
    const { data: { id } } = user; // prettier-ignore
    return id;
  },
];
for (const work of wrong) {
  try {
    console.log(work());
  } catch (error) {
    console.log(error.message);
  }
}
Promise.resolve(null).then(({ data }) => data).catch((error) => console.log(error.message)); // prettier-ignore
for (var { a, b = a } of [{ a: 1 }]) console.log(a, b, show.length, Model.length, new Model({ name: 'n', z: 1 }));
