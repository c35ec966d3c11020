// What for await takes may go to what is there already: a property, or what a pattern names.
// Source: ECMAScript 14.7.5 ForIn/OfBodyEvaluation
async function run() {
  const into = {};
  let a, b;
  for await (into.value of [1, 2]) console.log(into);
  for await ({ a, b = 'nothing' } of [{ a: 1 }, { a: 2, b: 3 }]) console.log(a, b);
  for await ([a, b] of ['xy']) console.log(a, b);
}
run();
