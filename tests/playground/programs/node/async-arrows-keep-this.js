// An async arrow has the this and the arguments of the function around it, after an await as before.
// Source: ECMAScript 15.9 Async Arrow Function Definitions
const counter = {
  count: 3,
  async total() {
    const add = async (value) => {
      await null;
      return this.count + value + arguments.length;
    };
    return add(10);
  },
};
counter.total('a', 'b').then(console.log);
