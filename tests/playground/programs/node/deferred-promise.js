// resolve and reject may be kept and called from anywhere, later.
// Source: ECMAScript 27.2.1.3 CreateResolvingFunctions
function deferred() {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
}
const door = deferred();
(async () => {
  console.log('waits at the door');
  console.log(await door.promise, 'came in');
})();
setTimeout(() => {
  console.log('opens');
  door.resolve('Ada');
  console.log('opened');
}, 5);
