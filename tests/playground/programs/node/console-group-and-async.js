// A group is a state of the console, not of the code: what runs meanwhile is indented too.
// Source: Node.js, Console: console.group([...label])
async function work(name) {
  console.group(name);
  await null;
  console.log(name, 'after await');
  console.groupEnd();
}
work('a');
work('b');
console.log('script end');
