// return in the body of for await closes the iterator before the function's promise is settled.
// Source: ECMAScript 14.7.5.7 ForIn/OfBodyEvaluation; AsyncIteratorClose
async function* numbers() {
  try {
    for (let n = 1; ; n++) yield n;
  } finally {
    console.log('closed');
  }
}
async function firstOver(limit) {
  for await (const n of numbers()) {
    console.log('looks at', n);
    if (n > limit) return n;
  }
}
firstOver(2).then((n) => console.log('found', n));
