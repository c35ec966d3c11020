// @ts-check
// A trace as a file: the rows of the page's table, as spreadsheets and programs read them. The JSON is what the
// command writes with --format=json.

/** @typedef {import('../../core/doorbell.js').Trace} Trace */

/** Virtual time in milliseconds, as a number. @param {number} us */
const inMs = (us) => us / 1000;

/** The lesson as the command names it. @typedef {'multiplex' | 'loop'} Lesson */

/** What each row holds. @type {Record<Lesson, (trace: Trace, k: number) => Record<string, unknown>>} */
const ROWS = {
  multiplex: (trace, k) => {
    const { time, statement, ready, latency, parent, reason } = trace.step(k);
    const { name } = trace.statements[statement];
    const payload = parent === null ? trace.statements[statement].payload : ''; // an end has none
    return { step: k + 1, time: inMs(time), socket: name, payload, ready: inMs(ready), latency: inMs(latency), reason };
  },
  loop: (trace, k) => {
    const { time, queue, statement, reason } = trace.step(k);
    const { name, kind } = trace.statements[statement];
    return { tick: inMs(time), queue, callback: name, source: kind, reason };
  },
};

/** @param {Trace} trace @param {Lesson} lesson @returns {Record<string, unknown>[]} */
export const rowsOf = (trace, lesson) => Array.from({ length: trace.stepCount }, (_, k) => ROWS[lesson](trace, k));

/** A cell as RFC 4180 has it. What a spreadsheet would take for a formula is kept a text. @param {unknown} value */
function cell(value) {
  const text = typeof value === 'string' && /^[=+\-@\t]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @param {Trace} trace @param {Lesson} lesson */
export function csvOf(trace, lesson) {
  const rows = rowsOf(trace, lesson);
  const lines = [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))];
  return lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}

/** @param {Trace} trace @param {Lesson} lesson */
export function jsonOf(trace, lesson) {
  const more = lesson === 'loop' ? { unhandled: unhandledOf(trace) } : { totals: totalsOf(trace) };
  return `${JSON.stringify({ rows: rowsOf(trace, lesson), ...more }, null, 1)}\n`;
}

/** @param {Trace} trace */
const unhandledOf = (trace) =>
  trace.unhandled.map(({ statement, step }) => ({
    promise: trace.statements[statement].name,
    tick: inMs(trace.step(step).end),
    after: trace.statements[trace.step(step).statement].name,
  }));

/** @param {Trace} trace */
function totalsOf({ totals, end }) {
  return {
    messages: totals.messages,
    end: inMs(end),
    mean_latency: inMs(totals.meanLatency),
    median_latency: inMs(totals.medianLatency),
    p99_latency: inMs(totals.p99Latency),
    max_latency: inMs(totals.maxLatency),
    idle: inMs(totals.idle),
    wake_ups: totals.wakeUps,
  };
}
