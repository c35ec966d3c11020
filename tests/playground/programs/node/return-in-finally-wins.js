// A return in finally replaces what try returned or threw.
// Source: ECMAScript 14.15.3 Runtime Semantics of the try Statement
async function hides() {
  try {
    await Promise.reject(new Error('hidden'));
  } finally {
    return 'from finally';
  }
}
async function replaces() {
  try {
    return 'from try';
  } finally {
    return await 'from finally, awaited';
  }
}
hides().then(console.log);
replaces().then(console.log);
