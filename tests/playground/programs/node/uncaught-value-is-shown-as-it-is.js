// Anything can be thrown; what is no error is shown as it is.
// Source: Node.js, Errors: error propagation and interception
console.log('before');
throw { code: 'E_ODD', list: [1, 2] };
