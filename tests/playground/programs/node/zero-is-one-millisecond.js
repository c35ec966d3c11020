// In Node a delay of 0, a negative one and none at all are 1 millisecond: all of them keep the order of their calls.
// Source: Node.js, Timers: setTimeout(): when delay is less than 1 it is set to 1
setTimeout(() => console.log('one'), 1);
setTimeout(() => console.log('zero'), 0);
setTimeout(() => console.log('none'));
setTimeout(() => console.log('negative'), -5);
setTimeout(() => console.log('text'), 'abc');
setTimeout(() => console.log('a fraction'), 1.9);
