// map with an async callback gives promises at once; all of them wait side by side.
// Source: ECMAScript 23.1.3.21 Array.prototype.map; 27.2.4.1 Promise.all
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
(async () => {
  const promises = [50, 5].map(async (ms) => {
    await wait(ms);
    console.log('waited', ms);
    return ms * 2;
  });
  console.log(promises);
  console.log(await Promise.all(promises));
})();
