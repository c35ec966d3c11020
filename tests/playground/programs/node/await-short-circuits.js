// An await on the right of && or ?? or ?. is reached only when the left asks for it.
// Source: ECMAScript 13.13 Binary Logical Operators; 13.3.9 Optional Chains
const ask = (value) => (console.log('asked for', value), Promise.resolve(value));
(async () => {
  console.log(false && (await ask(1)));
  console.log(null ?? (await ask(2)));
  console.log(true ? await ask(3) : await ask(4));
  const none = undefined;
  console.log(none?.[await ask(5)]);
  let kept = 'kept';
  kept ||= await ask(6);
  console.log(kept);
})();
