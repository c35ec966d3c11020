// @ts-check
/** How inspect.js writes what it found: texts in quotes, what stands before braces, and lines of a fitting width. */

export const OBJECT = 0;
export const ARRAY = 1;
export const ARRAY_EXTRAS = 2;
export const LINE_LEAST = 16;

export const has = (/** @type {any} */ object, /** @type {PropertyKey} */ key) =>
  Object.prototype.hasOwnProperty.call(object, key);
export const isEnumerable = (/** @type {any} */ object, /** @type {PropertyKey} */ key) =>
  Object.prototype.propertyIsEnumerable.call(object, key);

export const isBuiltIn = (/** @type {any} */ constructor) =>
  /^[A-Z]/.test(constructor.name) && constructor.name in globalThis;

const ESCAPES = ['\\b', '\\t', '\\n', '\\x0B', '\\f', '\\r'];
// eslint-disable-next-line no-control-regex
export const TO_ESCAPE =
  /[\x00-\x1f\x27\x5c\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
// eslint-disable-next-line no-control-regex
const TO_ESCAPE_QUOTED =
  /[\x00-\x1f\x5c\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** @param {string} character */
export function escapeOne(character) {
  const code = character.charCodeAt(0);
  if (code >= 8 && code <= 13) return ESCAPES[code - 8];
  if (code === 39) return "\\'";
  if (code === 92) return '\\\\';
  const hex = code.toString(16);
  return code > 0xff ? `\\u${hex}` : `\\x${hex.toUpperCase().padStart(2, '0')}`;
}

/** @param {string} text */
export function strEscape(text) {
  let quote = "'";
  if (text.includes("'")) {
    if (!text.includes('"')) quote = '"';
    else if (!text.includes('`') && !text.includes('${')) quote = '`';
  }
  return quote + text.replace(quote === "'" ? TO_ESCAPE : TO_ESCAPE_QUOTED, escapeOne) + quote;
}

export const formatNumber = (/** @type {number} */ number) => (Object.is(number, -0) ? '-0' : String(number));
export const moreItems = (/** @type {number} */ count) => `... ${count} more item${count > 1 ? 's' : ''}`;
export const emptyItems = (/** @type {number} */ count) => `<${count} empty item${count > 1 ? 's' : ''}>`;

/** @param {string | null} constructor @param {string} tag @param {string} fallback */
export function getPrefix(constructor, tag, fallback, size = '') {
  if (constructor === null) {
    const isOther = tag !== '' && fallback !== tag;
    return `[${fallback}${size}: null prototype] ${isOther ? `[${tag}] ` : ''}`;
  }
  return tag !== '' && constructor !== tag ? `${constructor}${size} [${tag}] ` : `${constructor}${size} `;
}

/** @param {any} value @param {boolean} showHidden */
export function getKeys(value, showHidden) {
  const symbols = Object.getOwnPropertySymbols(value);
  if (showHidden) return [...Object.getOwnPropertyNames(value), ...symbols];
  return [...Object.keys(value), ...symbols.filter((key) => isEnumerable(value, key))];
}

/** Those that are no elements. @param {any} value @param {boolean} showHidden */
export const nonIndexKeys = (value, showHidden) =>
  getKeys(value, showHidden).filter(
    (key) => typeof key === 'symbol' || !/^(?:0|[1-9]\d{0,9})$/.test(key) || +key > 2 ** 32 - 2,
  );

/** @param {any} value @param {string | null} constructor @param {string} tag */
export function getClassBase(value, constructor, tag) {
  const name = (has(value, 'name') && value.name) || '(anonymous)';
  let base = `class ${name}`;
  if (constructor !== 'Function' && constructor !== null) base += ` [${constructor}]`;
  if (tag !== '' && constructor !== tag) base += ` [${tag}]`;
  if (constructor === null) return `[${base} extends null]`;
  const superName = Object.getPrototypeOf(value).name;
  return superName ? `[${base} extends ${superName}]` : `[${base}]`;
}

/** @param {string} stack @param {string | null} constructor @param {string} name @param {string} tag */
export function improveStack(stack, constructor, name, tag) {
  let { length } = name;
  const isRegular =
    name.endsWith('Error') &&
    stack.startsWith(name) &&
    (stack.length === length || stack[length] === ':' || stack[length] === '\n');
  if (constructor !== null && !isRegular) return stack;
  let fallback = 'Error';
  if (constructor === null) {
    const start = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)/.exec(stack) ?? /^([a-z_A-Z0-9-]*Error)$/.exec(stack);
    fallback = start?.[1] ?? '';
    length = fallback.length;
    fallback = fallback || 'Error';
  }
  const prefix = getPrefix(constructor, tag, fallback).slice(0, -1);
  if (name === prefix) return stack;
  if (!prefix.includes(name)) return `${prefix} [${name}]${stack.slice(length)}`;
  return length === 0 ? `${prefix}: ${stack}` : `${prefix}${stack.slice(length)}`;
}

const WIDE =
  /[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3040-\u3247\u3250-\u4dbf\u4e00-\ua4c6\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b001}\u{1f200}-\u{1f251}\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/gu;
const NARROW = /[\u0300-\u036f\u200b-\u200f\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\u{e0100}-\u{e01ef}]/gu;

/** How many columns a text takes: getStringWidth in lib/internal/util/inspect.js. @param {string} text */
function widthOf(text) {
  // eslint-disable-next-line no-control-regex
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  const characters = [...text.replace(NARROW, '')].length;
  return characters + (text.match(WIDE)?.length ?? 0);
}

/** The rows of an array in columns, where they are short. @param {any} ctx @param {string[]} output
 * @param {any} value */
function groupArrayElements(ctx, output, value) {
  const hasMore = ctx.maxArrayLength < output.length;
  const count = output.length - (hasMore ? 1 : 0);
  const lengths = output.slice(0, count).map(widthOf);
  const total = lengths.reduce((sum, length) => sum + length + 2, 0);
  const longest = Math.max(0, ...lengths);
  const most = longest + 2;
  const isShort = most * 3 + ctx.indentationLvl < ctx.breakLength && (total / most > 5 || longest <= 6);
  if (!isShort) return output;
  const biased = Math.max(most - 3 - Math.sqrt(most - total / output.length), 1);
  const columns = Math.min(
    Math.round(Math.sqrt(2.5 * biased * count) / biased),
    Math.floor((ctx.breakLength - ctx.indentationLvl) / most),
    ctx.compact * 4,
    15,
  );
  if (columns <= 1) return output;
  const widths = Array.from({ length: columns }, (_, column) => {
    let width = 0;
    for (let i = column; i < output.length; i += columns) if (lengths[i] > width) width = lengths[i];
    return width + 2;
  });
  const isRight = output.every((_, i) => typeof value?.[i] === 'number' || typeof value?.[i] === 'bigint');
  const rows = [];
  for (let i = 0; i < count; i += columns) {
    const row = output.slice(i, Math.min(i + columns, count));
    const last = row.length - 1;
    const cells = row.map((entry, column) => {
      const width = widths[column] + entry.length - lengths[i + column];
      if (column < last) return isRight ? `${entry}, `.padStart(width) : `${entry}, `.padEnd(width);
      return isRight ? entry.padStart(width - 2) : entry;
    });
    rows.push(cells.join(''));
  }
  if (hasMore) rows.push(output[count]);
  return rows;
}

/** @param {any} ctx @param {string[]} output @param {number} start @param {string} base */
function isBelowBreakLength(ctx, output, start, base) {
  const total = output.reduce((sum, entry) => sum + entry.length, output.length + start);
  return total <= ctx.breakLength && !base.includes('\n');
}

/** @param {any} ctx @param {string[]} output @param {string} base @param {string[]} braces @param {number} type
 * @param {number} depth @param {any} value */
export function reduceToSingleString(ctx, output, base, braces, type, depth, value) {
  const lead = base ? `${base} ` : '';
  if (ctx.compact === true) {
    const start = output.length + braces[0].length + base.length + 10;
    if (isBelowBreakLength(ctx, output, start, base)) return `${lead}${braces[0]} ${output.join(', ')} ${braces[1]}`;
    const indentation = `\n${' '.repeat(ctx.indentationLvl)}`;
    const first = base === '' && braces[0].length === 1 ? ' ' : `${base ? ` ${base}` : ''}${indentation}  `;
    return `${braces[0]}${first}${output.join(`,${indentation}  `)} ${braces[1]}`;
  }
  if (ctx.compact >= 1) {
    const entries = output.length;
    if (type === ARRAY_EXTRAS && entries > 6) output = groupArrayElements(ctx, output, value);
    if (ctx.currentDepth - depth < ctx.compact && entries === output.length) {
      const start = output.length + ctx.indentationLvl + braces[0].length + base.length + 10;
      if (isBelowBreakLength(ctx, output, start, base)) {
        const joined = output.join(', ');
        if (!joined.includes('\n')) return `${lead}${braces[0]} ${joined} ${braces[1]}`;
      }
    }
  }
  const indentation = `\n${' '.repeat(ctx.indentationLvl)}`;
  return `${lead}${braces[0]}${indentation}  ${output.join(`,${indentation}  `)}${indentation}${braces[1]}`;
}
