// all, allSettled, any and race of one settled promise come in the order of their calls: each needs the same jobs.
// Source: ECMAScript 27.2.4.1 to 27.2.4.5
const settled = Promise.resolve('x');
Promise.allSettled([settled]).then(() => console.log('allSettled'));
Promise.any([settled]).then(() => console.log('any'));
Promise.race([settled]).then(() => console.log('race'));
Promise.all([settled]).then(() => console.log('all'));
settled.then(() => console.log('then'));
settled.then().then(() => console.log('then, then'));
