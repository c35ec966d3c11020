// @ts-check
/** console, as Node's (lib/internal/console/constructor.js): text goes to standard output or standard error. */
import { codedError } from './errors.js';

/** @param {any[][]} columns @param {string[]} head */
function drawTable(head, columns) {
  const widths = columns.map((column, i) => Math.max(head[i].length, ...column.map((cell) => cell.length)) + 2);
  const line = (/** @type {string[]} */ cells) =>
    `│${cells.map((cell, i) => ` ${cell}`.padEnd(widths[i])).join('│')}│\n`;
  const rule = (/** @type {string} */ l, /** @type {string} */ m, /** @type {string} */ r) =>
    `${l}${widths.map((width) => '─'.repeat(width)).join(m)}${r}`;
  const rows = Math.max(0, ...columns.map((column) => column.length));
  let text = `${rule('┌', '┬', '┐')}\n${line(head)}${rule('├', '┼', '┤')}\n`;
  for (let row = 0; row < rows; row++) text += line(columns.map((column) => column[row] ?? ''));
  return text + rule('└', '┴', '┘');
}

/**
 * @param {(stream: number, text: string) => void} print @param {any} inspection see inspect.js
 * @param {() => number} look the time, in microseconds @param {(error: Error) => string} stackOf
 * @param {(text: string) => void} warn
 */
export function makeConsole(print, { inspect, formatWithOptions }, look, stackOf, warn) {
  let indent = '';
  /** @type {Map<string, number>} */ const counts = new Map();
  /** @type {Map<string, number>} */ const starts = new Map();

  const write = (/** @type {number} */ stream, /** @type {string} */ text) => {
    const indented = indent === '' ? text : indent + text.replaceAll('\n', `\n${indent}`);
    print(stream, `${indented}\n`);
  };
  const log = (/** @type {any[]} */ ...values) => write(1, formatWithOptions({}, ...values));
  const error = (/** @type {any[]} */ ...values) => write(2, formatWithOptions({}, ...values));

  const duration = (/** @type {number} */ us) => {
    const ms = us / 1000;
    if (ms >= 60000) {
      const s = ms / 1000;
      return `${Math.floor(s / 60)}:${(s % 60).toFixed(3).padStart(6, '0')} (m:ss.mmm)`;
    }
    if (ms >= 1000) return `${(ms / 1000).toFixed(3)}s`;
    return `${Number(ms.toFixed(3))}ms`;
  };
  const timed = (/** @type {string} */ name, /** @type {any} */ label, /** @type {any[]} */ values) => {
    const start = starts.get(label);
    if (start === undefined) return warn(`No such label '${label}' for ${name}`);
    log('%s: %s', label, duration(look() - start), ...values);
  };
  const cell = (/** @type {any} */ value) => {
    const isDeep = value !== null && typeof value === 'object';
    return inspect(value, {
      maxArrayLength: 3,
      breakLength: Infinity,
      depth: isDeep && Object.keys(value).length > 2 ? -1 : 0,
    });
  };

  /** @type {Record<string, any>} */
  const console = {
    log,
    warn: error,
    dir: (/** @type {any} */ value, /** @type {any} */ options) =>
      write(1, inspect(value, { customInspect: false, ...(options ?? {}) })),
    time: (/** @type {any} */ label = 'default') => {
      const key = `${label}`;
      if (starts.has(key)) warn(`Label '${key}' already exists for console.time()`);
      else starts.set(key, look());
    },
    timeEnd: (/** @type {any} */ label = 'default') => {
      timed('console.timeEnd()', `${label}`, []);
      starts.delete(`${label}`);
    },
    timeLog: (/** @type {any} */ label = 'default', /** @type {any[]} */ ...values) =>
      timed('console.timeLog()', `${label}`, values),
    trace: (/** @type {any[]} */ ...values) => {
      const trace = new Error(formatWithOptions({}, ...values));
      trace.name = 'Trace';
      error(stackOf(trace));
    },
    assert: (/** @type {any} */ holds, /** @type {any[]} */ ...values) => {
      if (holds) return;
      error(`Assertion failed${values.length > 0 ? `: ${values[0]}` : ''}`, ...values.slice(1));
    },
    clear() {},
    count: (/** @type {any} */ label = 'default') => {
      const count = (counts.get(`${label}`) ?? 0) + 1;
      counts.set(`${label}`, count);
      log(`${label}: ${count}`);
    },
    countReset: (/** @type {any} */ label = 'default') => {
      if (!counts.delete(`${label}`)) warn(`Count for '${label}' does not exist`);
    },
    group: (/** @type {any[]} */ ...values) => {
      if (values.length > 0) log(...values);
      indent += '  ';
    },
    groupEnd: () => {
      indent = indent.slice(2);
    },
    table: (/** @type {any} */ data, /** @type {any} */ properties) => {
      if (data === null || typeof data !== 'object') return log(data);
      if (properties !== undefined && !Array.isArray(properties)) {
        throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "properties" argument must be an instance of Array.');
      }
      const isList = data instanceof Map || data instanceof Set;
      const rows =
        data instanceof Map ? [...data] : isList ? [...data].map((value, i) => [i, value]) : Object.entries(data);
      const index = rows.map(([key], i) => (isList ? `${i}` : key));
      if (data instanceof Map) {
        const shown = [index, rows.map(([key]) => cell(key)), rows.map(([, value]) => cell(value))];
        return log(drawTable(['(iteration index)', 'Key', 'Values'], shown));
      }
      /** @type {Record<string, string[]>} */ const columns = Object.create(null);
      /** @type {string[]} */ const values = [];
      rows.forEach(([, row], i) => {
        const isPrimitive = row === null || (typeof row !== 'function' && typeof row !== 'object');
        if (isPrimitive || isList) {
          values[i] = cell(row);
          return;
        }
        for (const key of properties ?? Object.keys(row)) {
          columns[key] ??= [];
          if (Object.prototype.hasOwnProperty.call(row, key)) columns[key][i] = cell(row[key]);
        }
      });
      const head = [isList ? '(iteration index)' : '(index)', ...Object.keys(columns)];
      const shown = [index, ...Object.values(columns).map((column) => rows.map((_, i) => column[i] ?? ''))];
      if (values.length > 0) {
        head.push('Values');
        shown.push(rows.map((_, i) => values[i] ?? ''));
      }
      log(drawTable(head, shown));
    },
  };
  Object.assign(console, {
    debug: log,
    info: log,
    dirxml: log,
    error,
    groupCollapsed: console.group,
  });
  return console;
}
