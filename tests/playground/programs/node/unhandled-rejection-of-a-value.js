// A rejection with something that is no error ends the process with an error that tells so.
// Source: Node.js, Errors: ERR_UNHANDLED_REJECTION
console.log('before');
Promise.reject('just a word');
setTimeout(() => console.log('never'), 0);
