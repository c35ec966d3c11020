// Programs in Chromium: each as a script of an empty page of its own, a frame, with its console.
import { openChromium } from '../engines/drivers/chromium.mjs';

const OVER_MS = 300; // when a program is over: its last timer is due before 100

/** Runs in the page. @param {{ source: string, isModule: boolean, over: number }} program */
function runInFrame({ source, isModule, over }) {
  return new Promise((resolve) => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    const { contentWindow: window, contentDocument: page } = frame;
    let stdout = '';
    window.console.log = (...values) => (stdout += `${values.map(String).join(' ')}\n`);
    const script = page.createElement('script');
    script.type = isModule ? 'module' : '';
    script.textContent = source;
    setTimeout(() => page.body.append(script));
    setTimeout(() => {
      frame.remove();
      resolve(stdout);
    }, over);
  });
}

/** Opens Chromium, for as many programs as come; their clock is the real one. */
export async function openPages() {
  const { evaluate, version, close } = await openChromium({ virtual: false });
  return {
    version,
    /** What it writes to the console. @param {string} source @param {{ isModule?: boolean }} [options] */
    run: (source, { isModule = false } = {}) =>
      evaluate(`(${runInFrame})(${JSON.stringify({ source, isModule, over: OVER_MS })})`),
    close,
  };
}
