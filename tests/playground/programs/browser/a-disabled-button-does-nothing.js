// A button that is disabled is not clicked, also not by code; what is dispatched on it arrives.
// Source: HTML 6.5 click(), 4.10.18.5 "form control that is disabled"; DOM 4.4 parentElement, isConnected
const button = document.createElement('button');
console.log(button.disabled, button.isConnected, button.parentElement);
document.body.append(button);
console.log(button.isConnected, button.parentElement === document.body, document.documentElement.parentElement);
let clicks = 0;
button.addEventListener('click', async () => {
  console.log('click', ++clicks);
  button.disabled = true;
  await null;
  console.log('saved');
  button.disabled = false;
});
button.click();
button.click();
queueMicrotask(() => queueMicrotask(() => button.click()));
