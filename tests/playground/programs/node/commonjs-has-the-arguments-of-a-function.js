// A CommonJS module is the body of a function with five parameters, called without `new`.
// Source: Node.js lib/internal/modules/cjs/loader.js, wrapSafe
console.log(arguments.length, new.target, this === exports, arguments[0] === exports, arguments[2] === module);
const later = async () => [arguments.length, new.target];
const own = function () {
  return [arguments.length, new.target !== undefined];
};
later().then((both) => console.log(both));
console.log(own(1, 2), new own(3));
require = 'replaced';
console.log(arguments[1], arguments[3] === __filename, Object.prototype.toString.call(arguments));
if (arguments.length === 5) return;
console.log('not reached');
