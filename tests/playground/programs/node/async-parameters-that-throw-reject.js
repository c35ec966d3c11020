// A throw while an async function binds its parameters rejects its promise; the body does not run.
// Source: ECMAScript 27.7.5.1 AsyncFunctionStart; 15.8.4 EvaluateAsyncFunctionBody, step 3
const missing = () => {
  throw new Error('no name was given');
};
async function greet(name = missing()) {
  console.log('hello', name);
}
greet('Ada');
greet().catch((error) => console.log(error.message));
const pick = async ({ length }) => length;
pick(undefined).catch((error) => console.log(error instanceof TypeError));
pick('four').then(console.log);
