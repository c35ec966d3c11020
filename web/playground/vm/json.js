// @ts-check
/**
 * JSON.parse and JSON.stringify, whose errors are worded as V8 words them: what stands where it should not, and how a
 * circle closes. The engine does the work; only what it refuses is looked at once more.
 */

const CONTEXT = 10; // characters around what was not expected
const SPECIAL = new Set(['NaN', 'Infinity', 'undefined', '[object Object]']);
const ESCAPES = '"\\/bfnrt';

/** What is wrong, and where: thrown while reading. */
class Fault {
  /** @param {string} message */
  constructor(message) {
    this.message = message;
  }
}

/** Reads a text as JSON, and throws the first fault. */
class Reader {
  #text;
  #at = 0;

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
  }

  /** The whole of it: one value. */
  read() {
    this.#value();
    this.#space();
    if (this.#at < this.#text.length) this.#fail('Unexpected non-whitespace character after JSON');
  }

  get #next() {
    return this.#text[this.#at];
  }

  #space() {
    while (this.#at < this.#text.length && ' \t\n\r'.includes(this.#next)) this.#at++;
  }

  /** @param {string} what @returns {never} */
  #fail(what) {
    throw new Fault(`${what} in JSON at position ${this.#at}`.replace(' JSON in JSON', ' JSON'));
  }

  /** Nobody expected anything else here. @returns {never} */
  #unexpected() {
    const text = this.#text;
    const at = this.#at;
    if (at >= text.length) throw new Fault('Unexpected end of JSON input');
    if (/[-0-9]/.test(text[at])) this.#fail('Unexpected number');
    if (text[at] === '"') this.#fail('Unexpected string');
    if (SPECIAL.has(text)) throw new Fault(`"${text}" is not valid JSON`);
    const isLong = text.length > 2 * CONTEXT;
    const start = isLong && at >= CONTEXT ? at - CONTEXT : 0;
    const end = isLong && at < text.length - CONTEXT ? at + CONTEXT : text.length;
    const part = `${start > 0 || (isLong && at >= CONTEXT) ? '...' : ''}"${text.slice(start, end)}"`;
    throw new Fault(`Unexpected token '${text[at]}', ${part}${end < text.length ? '...' : ''} is not valid JSON`);
  }

  #value() {
    this.#space();
    const { [this.#at]: first = '' } = this.#text;
    if (first === '{') this.#object();
    else if (first === '[') this.#array();
    else if (first === '"') this.#string();
    else if (/[-0-9]/.test(first)) this.#number();
    else this.#word({ t: 'true', f: 'false', n: 'null' }[first] ?? '');
  }

  /** @param {string} word */
  #word(word) {
    if (word === '') this.#unexpected();
    for (const character of word) {
      if (this.#next !== character) this.#unexpected();
      this.#at++;
    }
  }

  #object() {
    this.#at++;
    this.#space();
    if (this.#next === '}') return void this.#at++;
    for (let isFirst = true; ; isFirst = false) {
      this.#space();
      if (this.#next !== '"') {
        this.#fail(isFirst ? "Expected property name or '}'" : 'Expected double-quoted property name');
      }
      this.#string();
      this.#space();
      if (this.#next !== ':') isFirst ? this.#fail("Expected ':' after property name") : this.#unexpected();
      this.#at++;
      this.#value();
      this.#space();
      if (this.#next === '}') return void this.#at++;
      if (this.#next !== ',') this.#fail("Expected ',' or '}' after property value");
      this.#at++;
    }
  }

  #array() {
    this.#at++;
    this.#space();
    if (this.#next === ']') return void this.#at++;
    for (;;) {
      this.#value();
      this.#space();
      if (this.#next === ']') return void this.#at++;
      if (this.#next !== ',') this.#fail("Expected ',' or ']' after array element");
      this.#at++;
    }
  }

  #string() {
    this.#at++;
    for (; this.#next !== '"'; this.#at++) {
      if (this.#next === undefined) this.#fail('Unterminated string');
      if (this.#next < ' ') this.#fail('Bad control character in string literal');
      if (this.#next === '\\') this.#escape();
    }
    this.#at++;
  }

  #escape() {
    this.#at++;
    if (this.#next === undefined) this.#unexpected();
    if (this.#next === 'u') {
      for (let digits = 0; digits < 4; digits++) {
        this.#at++;
        if (!/[0-9a-f]/i.test(this.#next ?? '')) this.#fail('Bad Unicode escape');
      }
    } else if (!ESCAPES.includes(this.#next)) {
      this.#fail('Bad escaped character');
    }
  }

  #number() {
    if (this.#next === '-') this.#at++;
    if (!this.#isDigit()) this.#fail('No number after minus sign');
    if (this.#next === '0') {
      this.#at++;
      if (this.#isDigit()) this.#fail('Unexpected number');
    }
    this.#digits();
    if (this.#next === '.') {
      this.#at++;
      if (!this.#isDigit()) this.#fail('Unterminated fractional number');
      this.#digits();
    }
    if (this.#next === 'e' || this.#next === 'E') {
      this.#at++;
      if (this.#next === '+' || this.#next === '-') this.#at++;
      if (!this.#isDigit()) this.#fail('Exponent part is missing a number');
      this.#digits();
    }
  }

  #isDigit() {
    return /[0-9]/.test(this.#next ?? '');
  }

  #digits() {
    while (this.#isDigit()) this.#at++;
  }
}

/** What V8 says of a text that is no JSON; undefined of one that is. @param {string} text */
export function faultOfJson(text) {
  try {
    new Reader(text).read();
  } catch (fault) {
    if (fault instanceof Fault) return fault.message;
    throw fault;
  }
  return undefined;
}

/**
 * The circle that there is in a value, by depth; undefined when there is none.
 *
 * @param {any} value @param {string | number} key @param {{ key: string | number, value: any }[]} path
 * @returns {{ from: number, key: string | number } | undefined}
 */
function circleIn(value, key, path) {
  if (typeof value !== 'object' || value === null || typeof value.toJSON === 'function') return undefined;
  const from = path.findIndex((one) => one.value === value);
  if (from >= 0) return { from, key };
  path.push({ key, value });
  for (const name of Object.keys(value)) {
    const found = circleIn(value[name], Array.isArray(value) ? Number(name) : name, path);
    if (found) return found;
  }
  path.pop();
  return undefined;
}

const CIRCLE_FIRST = 2; // lines, before the others are left out

/** What V8 says of a circle; undefined where there is none. @param {any} value */
function wordsOfCircle(value) {
  /** @type {{ key: string | number, value: any }[]} */ const path = [];
  const circle = circleIn(value, '', path);
  if (!circle) return undefined;
  const keyed = (/** @type {string | number} */ key) =>
    typeof key === 'number' ? `index ${key}` : `property '${key}'`;
  const made = (/** @type {any} */ object) => `object with constructor '${object.constructor?.name ?? 'Object'}'`;
  const [start, ...others] = path.slice(circle.from);
  const lines = others.map((one) => `|     ${keyed(one.key)} -> ${made(one.value)}`);
  if (lines.length > CIRCLE_FIRST + 1) lines.splice(CIRCLE_FIRST, lines.length - CIRCLE_FIRST - 1, '|     ...');
  const all = [`--> starting at ${made(start.value)}`, ...lines, `--- ${keyed(circle.key)} closes the circle`];
  return `Converting circular structure to JSON\n    ${all.join('\n    ')}`;
}

/** Of a position, as newer V8s than Node 20's say it. @param {string} text @param {string} fault */
const withLine = (text, fault) =>
  fault.replace(/ JSON at position (\d+)$/, (all, at) => {
    const lines = text.slice(0, at).split('\n');
    return `${all} (line ${lines.length} column ${/** @type {string} */ (lines.at(-1)).length + 1})`;
  });

/** Replaces JSON.parse, and JSON.stringify. @param {any} JSON @param {'node' | 'browser'} host */
export function installJson(JSON, host) {
  const native = JSON.parse;
  const nativeStringify = JSON.stringify;
  const SyntaxErrorOf = SyntaxError;
  const TypeErrorOf = TypeError;
  const { parse, stringify } = {
    stringify(/** @type {any} */ value, /** @type {any} */ replacer, /** @type {any} */ space) {
      try {
        return nativeStringify(value, replacer, space);
      } catch (error) {
        const isCircle = error instanceof TypeErrorOf && error.message === 'circular reference';
        const words = isCircle ? wordsOfCircle(value) : undefined;
        throw words === undefined ? error : new TypeErrorOf(words);
      }
    },
    parse(/** @type {any} */ text, /** @type {any} */ reviver) {
      const string = String(text);
      try {
        return native(string, reviver);
      } catch (error) {
        const fault = faultOfJson(string);
        if (fault === undefined) throw error;
        throw new SyntaxErrorOf(host === 'node' ? fault : withLine(string, fault));
      }
    },
  };
  for (const [name, value] of Object.entries({ parse, stringify }))
    Object.defineProperty(JSON, name, { value, writable: true, enumerable: false, configurable: true });
}
