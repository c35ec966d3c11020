// Two chains of then take turns, a callback each.
// Source: ECMAScript 9.5.5 HostEnqueuePromiseJob: jobs run in the order in which they were queued
for (const name of ['a', 'b']) {
  Promise.resolve()
    .then(() => console.log(name, 1))
    .then(() => console.log(name, 2))
    .then(() => console.log(name, 3));
}
