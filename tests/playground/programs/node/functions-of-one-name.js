// Of functions of one name the last one counts, async or not, from the beginning of where they stand.
// Source: ECMAScript 10.2.11 FunctionDeclarationInstantiation
console.log(twice());
function twice() {
  return 'first';
}
async function twice() {
  return 'async';
}
console.log(once());
async function once() {}
function once() {
  return 'last';
}
switch (1) {
  case 0:
    async function inSwitch(a, b = 1) {}
  case 1:
    console.log(typeof inSwitch, inSwitch.length);
}
