// A module that still awaits when nothing is to come ends with status 13, if it has not said another.
// Source: Node.js, lib/internal/modules/run_main.js: handleProcessExit
process.exitCode = 5;
console.log('awaits');
await new Promise(() => {});
console.log('never');
