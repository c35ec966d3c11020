// Promise.all of an empty list is fulfilled at once, race never, any is rejected at once.
// Source: ECMAScript 27.2.4.1.2 PerformPromiseAll; 27.2.4.5.1 PerformPromiseRace; 27.2.4.3.1 PerformPromiseAny
console.log(Promise.all([]), Promise.race([]));
const any = Promise.any([]);
any.catch((error) => console.log(error.constructor.name, error.errors));
Promise.all([]).then((values) => console.log(values));
Promise.allSettled([]).then((values) => console.log(values));
console.log('script end');
