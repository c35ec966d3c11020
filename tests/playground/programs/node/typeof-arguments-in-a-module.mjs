// A module has no arguments, and typeof says so without an error.
// Source: ECMAScript 13.5.3.1 (typeof), 10.4.4 (arguments)
const arrow = () => typeof arguments;
const later = async () => typeof arguments;
function plain() {
  return typeof arguments;
}
async function named() {
  const inner = async () => typeof arguments;
  return [typeof arguments, await inner()];
}
console.log(typeof arguments, arrow(), await later(), plain(), await named());
try {
  arguments;
} catch (error) {
  console.log(error.message);
}
