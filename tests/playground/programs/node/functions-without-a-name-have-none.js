// A function or class without a name stays so when it is returned, awaited, yielded or handed to a call.
// Source: ECMAScript 8.4 NamedEvaluation: only what names it gives it a name
const named = () => {};
const nameOf = (f) => `'${f.name}'`;
const returns = () => () => {};
async function later() {
  return class {};
}
function* steps() {
  yield function () {};
}
(async () => {
  console.log(nameOf(named), nameOf(returns()), nameOf(await later()), nameOf(steps().next().value));
  console.log(
    nameOf(await (() => {})),
    nameOf(class {}),
    nameOf(async () => {}),
  );
})();
