// el.click() calls the listeners during the call: the script is still on the stack, so microtasks wait until it ends.
// Source: DOM, dispatch; HTML, clean up after running script: only when the JavaScript execution context stack is empty
const button = document.createElement('button');
for (const name of ['first', 'second']) {
  button.addEventListener('click', () => {
    console.log(name);
    Promise.resolve().then(() => console.log('microtask of', name));
  });
}
button.click();
console.log('script end');
