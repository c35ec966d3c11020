// onerror of the window is given the parts of the event, and takes the error by returning true.
// Source: HTML, 8.1.8.1 Event handlers: the event handler processing algorithm
let errors = 0;
window.onerror = (message, filename, lineno, colno, error) => {
  console.log(message, typeof filename, lineno, typeof colno, error.name);
  return ++errors === 1;
};
addEventListener('error', (event) => console.log(event.type, event.defaultPrevented, event.lineno, event.error.name));
setTimeout(() => {
  throw new TypeError('first');
}, 1);
setTimeout(() => {
  throw new RangeError('second');
}, 5);
const button = document.createElement('button');
button.onclick = () => false;
console.log(button.dispatchEvent(new Event('click', { cancelable: true })));
button.onclick = () => true;
console.log(button.dispatchEvent(new Event('click', { cancelable: true })));
button.onclick = null;
console.log(button.onclick);
