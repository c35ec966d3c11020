// What a realm tells of values: nothing that depends on whose functions they are, or on how an engine words its errors.
// The source of an expression, for realms of their own.

export const TOLD = `(() => {
  const { stringify } = JSON, text = String, tagOf = Function.prototype.call.bind(Object.prototype.toString);
  const told = (value, depth = 0) => {
    if (typeof value === 'string') return depth ? stringify(value) : value;
    if (typeof value === 'function') return '[function ' + value.name + ']';
    if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? value + 'n' : text(value);
    const errors = value.errors ? told(value.errors, 1) : '';
    if (tagOf(value) === '[object Error]') return value.name + ': ' + value.message + errors;
    if (depth > 3) return '...';
    if (Array.isArray(value)) return '[' + value.map((each) => told(each, depth + 1)) + ']';
    const tag = tagOf(value).slice(8, -1);
    const inner = Object.keys(value).map((key) => key + ':' + told(value[key], depth + 1));
    return (tag === 'Object' ? '' : tag) + '{' + inner + '}';
  };
  return told;
})()`;
