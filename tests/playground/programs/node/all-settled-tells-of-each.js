// Promise.allSettled is always fulfilled, with an object for each element.
// Source: ECMAScript 27.2.4.2 Promise.allSettled
Promise.allSettled([Promise.resolve(1), Promise.reject(new Error('two')), 3]).then((results) => {
  for (const { status, value, reason } of results) console.log(status, value, reason?.message);
  console.log(Object.keys(results[0]), Object.keys(results[1]));
});
