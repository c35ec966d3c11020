// An exit code is a whole number, or a text that is one; anything else throws, and changes nothing.
// Source: Node.js, lib/internal/bootstrap/node.js, process.exitCode
const wrong = [() => process.exit('abc'), () => (process.exitCode = 1.5), () => (process.exitCode = {})];
for (const work of wrong) {
  try {
    work();
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
console.log(process.exitCode);
process.exitCode = '7';
console.log(process.exitCode, typeof process.exitCode);
process.on('exit', (code) => console.log('exit', code, process.exitCode));
if (process.exitCode === '7') process.exitCode = undefined;
setTimeout(() => process.exit());
