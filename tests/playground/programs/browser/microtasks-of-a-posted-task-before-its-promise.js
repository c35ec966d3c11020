// What postTask gives is settled when the callback's microtasks have run, and before any other task.
// Source: HTML, "clean up after running script", with which Web IDL's "invoke a callback function" ends
const chain = (name) =>
  Promise.resolve()
    .then(() => console.log(name, 1))
    .then(() => console.log(name, 2));
const urgent = { priority: 'user-blocking' };
scheduler
  .postTask(() => {
    chain('in it');
    scheduler.postTask(() => console.log('another task'), urgent);
    return 'result';
  }, urgent)
  .then((value) => console.log('then', value));
scheduler
  .postTask(() => {
    chain('it throws');
    throw 'error';
  }, urgent)
  .catch((reason) => console.log('caught', reason));
scheduler.postTask(() => 'no microtasks', urgent).then((value) => console.log('then', value));
