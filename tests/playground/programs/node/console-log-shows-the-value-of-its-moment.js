// console.log shows an object as it is at that moment, not as it will be.
// Source: Node.js, Console: console.log() is synchronous for files and pipes on POSIX
const box = { state: 'empty' };
console.log(box);
box.state = 'full';
Promise.resolve().then(() => console.log(box));
setTimeout(() => {
  box.state = 'gone';
  console.log(box);
}, 1);
