// Promise.race is settled as its first settled element is, fulfilled or rejected.
// Source: ECMAScript 27.2.4.5.1 PerformPromiseRace
const after = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));
const fail = (ms, reason) => new Promise((_, reject) => setTimeout(reject, ms, new Error(reason)));
Promise.race([after(60, 'slow'), after(5, 'fast')]).then((value) => console.log(value));
Promise.race([after(70, 'value'), fail(30, 'timeout')]).catch((error) => console.log(error.message));
