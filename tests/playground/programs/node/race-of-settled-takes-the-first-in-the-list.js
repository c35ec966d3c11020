// Of several settled promises Promise.race takes the first in the list.
// Source: ECMAScript 27.2.4.5.1 PerformPromiseRace: then is called in the order of the list
Promise.race([Promise.resolve('first'), Promise.reject(new Error('second'))]).then(console.log);
Promise.race([new Promise(() => {}), Promise.reject(new Error('only')), Promise.resolve('third')]).catch((error) =>
  console.log(error.message),
);
Promise.race([Promise.resolve().then(() => 'later'), 'plain value']).then(console.log);
