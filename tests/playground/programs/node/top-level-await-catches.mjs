// try and catch work around a top-level await.
// Source: ECMAScript 14.15 The try Statement; ExecuteAsyncModule
try {
  await Promise.reject(new Error('no'));
} catch (error) {
  console.log('caught', error.message);
} finally {
  console.log('finally');
}
for await (const value of [Promise.resolve(1), 2]) console.log(value);
console.log('end');
