// An object may say how it is shown.
// Source: Node.js, Util: custom inspection functions on objects
const custom = Symbol.for('nodejs.util.inspect.custom');
class Secret {
  constructor(value) {
    this.value = value;
  }
  [custom](depth, options) {
    return `Secret <${'*'.repeat(this.value.length)}>`;
  }
}
console.log(new Secret('abc'), [new Secret('de')]);
console.log({ [custom]: () => ({ shown: 'instead' }) });
