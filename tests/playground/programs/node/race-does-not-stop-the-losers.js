// The loser of a race goes on: nothing is cancelled.
// Source: ECMAScript 27.2.4.5.1 PerformPromiseRace: it only calls then
const job = (name, ms) =>
  new Promise((resolve) =>
    setTimeout(() => {
      console.log(name, 'is done');
      resolve(name);
    }, ms),
  );
Promise.race([job('slow', 50), job('fast', 5)]).then((name) => console.log('the winner is', name));
