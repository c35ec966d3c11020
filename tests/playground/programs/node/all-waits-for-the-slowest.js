// Promise.all gives the values in the order of its list, not of their arrival.
// Source: ECMAScript 27.2.4.1.3 Promise.all Resolve Element Functions
const later = (ms, value) =>
  new Promise((resolve) =>
    setTimeout(() => {
      console.log('arrives', value);
      resolve(value);
    }, ms),
  );
Promise.all([later(60, 'slow'), later(5, 'fast'), 'plain']).then((values) => console.log(values));
