// CommonJS code is sloppy unless it says 'use strict': this in a plain call is the global object.
// Source: ECMAScript 11.2.2 Strict Mode Code; 10.2.1.2 OrdinaryCallBindThis
(function () {
  console.log(this === globalThis);
})();
(function () {
  'use strict';
  console.log(this);
})();
implied = 1;
console.log(globalThis.implied, delete globalThis.implied);
(async function () {
  await null;
  console.log(this === globalThis);
})();
