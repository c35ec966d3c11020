// Within a timer an immediate comes before the next timer of 0, unless a millisecond passed meanwhile.
// Source: Node.js, The Node.js Event Loop: phases
setTimeout(() => {
  setTimeout(() => console.log('timer'), 0);
  setImmediate(() => console.log('immediate'));
}, 5);
