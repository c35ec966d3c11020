// Programs in a browser: each as a script of an empty page of its own, a frame, with its console.
import { openChromium } from '../engines/drivers/chromium.mjs';
import { openFirefox } from '../engines/drivers/firefox.mjs';
import { openWebKit } from '../engines/drivers/webkit.mjs';

/**
 * @typedef {object} Program
 * @property {string} source
 * @property {boolean} [isModule]
 * @property {number} over  when it is over, in milliseconds after it began
 * @property {boolean} [isTimed]  its timers are watched: they are late by how much?
 */
/** @typedef {{ stdout: string, late: number }} Run  late: by how many milliseconds a timer came too late, at most */

const ENGINES = {
  chromium: () => openChromium(),
  'chromium, real clock': () => openChromium({ virtual: false }),
  firefox: openFirefox,
  webkit: openWebKit,
};

/** Runs in the page. @param {Program} program @returns {Promise<Run>} */
function runInFrame({ source, isModule, over, isTimed }) {
  /** A timer's function that notes how late its callbacks come. */
  const watched = (window, name, run) => {
    const real = window[name];
    return (callback, ms, ...given) => {
      let due = performance.now() + ms;
      const called = () => {
        run.late = Math.max(run.late, performance.now() - due);
        callback(...given);
        due = performance.now() + ms;
      };
      return real.call(window, called, ms);
    };
  };
  return new Promise((resolve) => {
    const run = { stdout: '', late: 0 };
    const frame = document.createElement('iframe');
    const begin = () => {
      const { contentWindow: window, contentDocument: page } = frame;
      window.console.log = (...values) => (run.stdout += `${values.map(String).join(' ')}\n`);
      if (isTimed) for (const name of ['setTimeout', 'setInterval']) window[name] = watched(window, name, run);
      const script = page.createElement('script');
      script.type = isModule ? 'module' : '';
      script.textContent = source;
      page.body.append(script);
      setTimeout(() => {
        frame.remove();
        resolve(run);
      }, over);
    };
    // A task of the frame's own, for in WebKit another page's microtasks may come late; and no timer's, for that would
    // count as the one that the program's timers are nested in.
    frame.onload = () => {
      const { port1, port2 } = new frame.contentWindow.MessageChannel();
      port1.onmessage = begin;
      port2.postMessage('begin');
    };
    document.body.append(frame);
  });
}

/** What of the playground's world an engine has. Runs in the page. */
const has = () =>
  [
    ['frames', true],
    ['observers', true],
    ['changes', true],
    ['thenables', true],
    ['lists', true],
    ['delegates', true],
    ['refusals', true],
    ['priorities', true],
    ['scheduler', 'yield' in (window.scheduler ?? {})],
    ['idle', 'requestIdleCallback' in window],
  ]
    .filter(([, isThere]) => isThere)
    .map(([name]) => name);

/**
 * Opens a browser for as many programs as come, one after another.
 *
 * @param {keyof typeof ENGINES} engine
 */
export async function openPages(engine) {
  const { name, version, evaluate, close } = await ENGINES[engine]();
  const runAll = async (programs) => {
    const runs = [];
    for (const program of programs) runs.push(await runInFrame(program));
    return runs;
  };
  return {
    name,
    version,
    /** @type {string[]} */ has: await evaluate(`(${has})()`),
    /** @param {Program[]} programs @returns {Promise<Run[]>} */
    run: (programs) =>
      evaluate(`(() => { const runInFrame = ${runInFrame}; return (${runAll})(${JSON.stringify(programs)}); })()`),
    close,
  };
}
