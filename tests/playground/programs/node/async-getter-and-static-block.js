// async is also for methods with computed names and for functions within getters and static blocks.
// Source: ECMAScript 15.8 Async Function Definitions; 15.7 Class Definitions
const key = 'run';
class Machine {
  static log = [];
  static {
    (async () => {
      Machine.log.push('static block');
      await null;
      Machine.log.push('later');
    })();
  }
  async [key + 'Fast']() {
    return Machine.log.join();
  }
  get state() {
    return (async () => 'state')();
  }
  static async *[Symbol.asyncIterator]() {
    yield* ['x', 'y'];
  }
}
(async () => {
  const machine = new Machine();
  console.log(await machine.runFast(), await machine.state);
  for await (const letter of Machine) console.log(letter);
  console.log(await machine.runFast());
})();
