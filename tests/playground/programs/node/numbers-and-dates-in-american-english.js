// Without a language, texts for people are American English, and letters go in the order of a dictionary.
// Source: ECMAScript 21.4.4.41.4 DateString; ECMA-402 19.2.1 Number toLocaleString, 19.1.1 String localeCompare
const numbers = [
  0,
  -0,
  1234567.891,
  -1234.5,
  1e21,
  0.0004,
  0.0005,
  999.9995,
  1.0005,
  1e-7,
  NaN,
  -Infinity,
  12345678901234567890n,
];
console.log(numbers.map((number) => number.toLocaleString()));
for (const date of [new Date(2024, 1, 29, 13, 5, 9, 7), new Date(1999, 11, 31), new Date(NaN)]) {
  console.log(date.toLocaleString(), date.toLocaleDateString('en-US'), date.toLocaleTimeString(undefined));
  console.log(date.toString(), `${date}`, date.toTimeString());
}
const words = ['b', 'a', 'C', 'B', 'ä', 'A', 'é', 'e', '10', '9', '_x', 'co-op', 'coop', 'a b', 'ab', ''];
console.log(words.sort((a, b) => a.localeCompare(b)));
console.log('a'.localeCompare('B'), 'a'.localeCompare('A'), 'résumé'.localeCompare('resume'), 'x'.localeCompare('x'));
