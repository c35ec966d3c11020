// count counts its calls by label; countReset begins again.
// Source: Node.js, Console: console.count([label])
console.count();
console.count('knock');
console.count();
console.count('knock');
console.countReset('knock');
console.count('knock');
console.count(undefined);
console.count({});
