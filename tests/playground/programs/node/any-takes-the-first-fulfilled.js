// Promise.any passes over rejections and takes the first that is fulfilled.
// Source: ECMAScript 27.2.4.3.1 PerformPromiseAny
const fail = (ms) => new Promise((_, reject) => setTimeout(reject, ms, new Error(`failed at ${ms}`)));
const give = (ms) => new Promise((resolve) => setTimeout(resolve, ms, `given at ${ms}`));
Promise.any([fail(1), give(70), give(30)]).then((value) => console.log(value));
