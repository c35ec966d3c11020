// In a module await may stand at the top level; what follows it comes later.
// Source: ECMAScript, ExecuteAsyncModule; 16.2 Modules
console.log('one');
setTimeout(() => console.log('a timer of 1'), 1);
await new Promise((resolve) => setTimeout(resolve, 40));
console.log('two');
await null;
console.log('three');
