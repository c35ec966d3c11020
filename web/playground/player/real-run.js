// @ts-check
/**
 * runHere(source, options) -> what a program prints in this browser itself, with its own event loop, call by call.
 *
 * It runs in a frame with a sandbox: of no origin, so that it cannot reach this page, and under a policy by which it
 * can fetch nothing. (It could still lead its own frame to another address, but knows nothing to tell there.) When its
 * last callback was due, and it then answers twice without another line, the frame goes, with all that still waits in
 * it: a busy machine makes all of that late, and so is the answer. One that does not answer has a limited time.
 * There is HOLE in the place of each object: browsers draw these in their own ways.
 */

/** In the place of what each engine words in its own way. */
export const HOLE = '\u{fffc}';

const NEW_ONES = ['requestIdleCallback', 'scheduler', 'TaskController']; // which not every browser has
const REAL_MS = 5000; // that a program may take in this browser
const SETTLE_MS = 200; // after the last callback that is expected: a browser's timers may be late
const AGAIN_MS = 100;
const START_MS = 20_000; // a frame of no origin may get a process of its own, which a busy machine is slow to begin
const LOADED_MS = 3000; // its script has run by then, if the page's policy lets it: all but the word of that has come
const HANGS_MS = 20_000;

/**
 * The program of the frame: it runs what it is sent, and tells of each line by the port that came with it, so that no
 * answer overtakes a line. It answers when it has nothing else to do: after the timers that are due, and, where the
 * program asks for any, after idle callbacks, where the browser has these. (To others a browser that never finds this
 * frame idle, as Chromium at times, owes nothing.)
 */
function frame() {
  const { parent, document, String, Object, setTimeout, requestIdleCallback } = window;
  /** @type {MessagePort} */ let port;
  const word = (/** @type {unknown} */ value) => {
    if (value !== null && /^(object|function|symbol)$/.test(typeof value)) return '\u{fffc}';
    if (typeof value === 'bigint') return `${value}n`;
    return Object.is(value, -0) ? '-0' : String(value);
  };
  const print = (/** @type {unknown[]} */ ...values) => {
    const isFormat = typeof values[0] === 'string' && values[0].includes('%');
    port.postMessage(isFormat ? '\u{fffc}' : values.map(word).join(' '));
  };
  const answer = () => port.postMessage(null);
  const answerWhenIdle = () => (requestIdleCallback ? requestIdleCallback(answer) : answer());
  Object.assign(console, { log: print, info: print, debug: print });
  window.addEventListener(
    'message',
    ({ data: { source, module }, ports }) => {
      port = ports[0];
      port.onmessage = () => setTimeout(/Idle|scheduler/.test(source) ? answerWhenIdle : answer);
      const script = Object.assign(document.createElement('script'), { textContent: source });
      if (module) script.type = 'module';
      document.body.append(script);
      script.remove();
    },
    { once: true },
  );
  parent.postMessage('ready', '*');
}

/**
 * @param {string} source @param {{ module: boolean, ms: number }} options  ms: when its last callback is expected
 * @returns {Promise<string[] | null>} what each call printed; null when it did not begin
 */
export function runHere(source, { module, ms }) {
  const policy = "default-src 'none'; script-src 'unsafe-inline'";
  const element = Object.assign(document.createElement('iframe'), {
    srcdoc: `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><body><script>(${frame})()</script>`,
    title: 'the program, in this browser',
    tabIndex: -1,
  });
  element.setAttribute('sandbox', 'allow-scripts');
  element.setAttribute('aria-hidden', 'true');
  // In the window, for a browser draws no frames of what is out of it.
  Object.assign(element.style, {
    position: 'fixed',
    insetBlockEnd: '0',
    inlineSize: '4px',
    blockSize: '4px',
    border: '0',
    opacity: '0',
  });
  /** @type {string[]} */ const lines = [];
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const end = (/** @type {string[] | null} */ result) => {
      clearTimeout(limit);
      port1.close();
      removeEventListener('message', hear);
      element.remove();
      resolve(result);
    };
    let limit = setTimeout(() => end(null), START_MS);
    element.onload = () => {
      clearTimeout(limit);
      limit = setTimeout(() => end(null), LOADED_MS);
    };
    const hear = (/** @type {MessageEvent} */ event) => {
      if (event.source !== element.contentWindow || event.data !== 'ready') return;
      removeEventListener('message', hear);
      element.onload = null;
      clearTimeout(limit);
      limit = setTimeout(() => end(lines), ms + HANGS_MS);
      element.contentWindow?.postMessage({ source, module }, '*', [port2]);
      const ask = () => port1.postMessage(null);
      let known = -1;
      port1.onmessage = ({ data: line }) => {
        if (typeof line === 'string') return lines.push(line);
        if (lines.length === known) return end(lines);
        known = lines.length;
        setTimeout(ask, AGAIN_MS);
      };
      setTimeout(ask, ms + SETTLE_MS);
    };
    addEventListener('message', hear);
    document.body.append(element);
  });
}

/**
 * Why a program is not run in this browser; '' when it is.
 *
 * @param {{ limit: string, steps: { time: number }[] }} recording of it @param {string} source
 */
export function whyNotHere({ limit, steps }, source) {
  if (limit) return 'the run was stopped, and a page would stand still';
  if (/^\s*\/\/@/m.test(source)) return 'a page cannot click for you, nor answer its own requests';
  if (/\bfetch\s*\(|\bimport\s*\(/.test(source)) return 'nothing is fetched from here';
  if (/console\.(?!log|info|debug|error|warn)/.test(source)) return 'of a console only its lines can be compared';
  const missing = NEW_ONES.find((name) => !(name in globalThis) && new RegExp(`\\b${name}\\b`).test(source));
  if (missing) return `this browser has no ${missing}`;
  const ms = (steps.at(-1)?.time ?? 0) / 1000;
  return ms > REAL_MS ? `it would take ${Math.round(ms / 1000)} seconds` : '';
}

/** Could what was really printed be this? @param {string} real @param {string} shown */
export function isLike(real, shown) {
  const [first, ...parts] = real.split(HOLE);
  const last = parts.pop();
  if (last === undefined) return real === shown;
  if (!shown.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts) {
    const found = shown.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return shown.length - last.length >= at && shown.endsWith(last);
}

/** Where two consoles part, as what each call printed: an index; -1 when they do not.
 * @param {string[]} real @param {string[]} shown */
export function partOf(real, shown) {
  const count = Math.max(real.length, shown.length);
  for (let i = 0; i < count; i++)
    if (real[i] === undefined || shown[i] === undefined || !isLike(real[i], shown[i])) return i;
  return -1;
}
