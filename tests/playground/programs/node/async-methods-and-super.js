// super and this work in async methods, before an await and after it.
// Source: ECMAScript 15.8 Async Function Definitions; 13.3.7 The super Keyword
class Store {
  #items = ['pen'];
  async read() {
    await null;
    return this.#items;
  }
  static async open() {
    await null;
    return new this();
  }
}
class Cache extends Store {
  async read() {
    const items = await super.read();
    const again = await super.read();
    return [...items, again.length];
  }
}
Cache.open()
  .then((store) => store.read())
  .then(console.log);
