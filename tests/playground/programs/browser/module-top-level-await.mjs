// In a module await may stand at the top level.
// Source: HTML, run a module script; ECMAScript, ExecuteAsyncModule
setTimeout(() => console.log('timer'), 60);
console.log('before');
await null;
console.log('after');
await new Promise((resolve) => setTimeout(resolve, 5));
console.log('5 ms later', typeof this);
